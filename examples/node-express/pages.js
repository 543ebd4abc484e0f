// The shop's HTML. No inline script and no inline style, so that the strict policy of server.js holds.
import { customers, demoPassword, teas } from './catalogue.js'

export function homePage({ customer, chat }) {
  return page({
    title: 'Halden Tea',
    customer,
    chat,
    main: `
      <section class="hero">
        <h1>${customer ? `Good to see you, ${text(firstName(customer))}.` : 'Tea, and somebody to ask about it.'}</h1>
        <p>Six teas from people we know, packed the week you order. Not sure which? Write to us: we drink it all day.</p>
        <button type="button" class="quiet" data-open-chat>Ask us</button>
      </section>
      <ul class="shelf">${teas.map(card).join('')}</ul>`,
  })
}

export function teaPage({ customer, chat, tea }) {
  return page({
    title: `${tea.name} · Halden Tea`,
    customer,
    chat,
    main: `
      <article class="tea">
        ${tin(tea)}
        <div>
          <p class="kind">${text(tea.kind)}</p>
          <h1>${text(tea.name)}</h1>
          <p>${text(tea.about)}</p>
          <dl>
            <div><dt>Brew</dt><dd>${text(tea.brew)}</dd></div>
            <div><dt>Weight</dt><dd>${tea.grams} g</dd></div>
            <div><dt>Price</dt><dd>€ ${tea.price}</dd></div>
          </dl>
          <button type="button" data-open-chat>Ask about this tea</button>
          <p><a href="/">All teas</a></p>
        </div>
      </article>`,
  })
}

export function logInPage({ customer, chat, failed = false }) {
  return page({
    title: 'Log in · Halden Tea',
    customer,
    chat,
    main: `
      <section class="log-in">
        <h1>Log in</h1>
        <p>The chat then knows that it is you: no form to fill in, and your conversations follow you everywhere.</p>
        ${failed ? '<p role="alert" class="failed">E-mail or password is wrong.</p>' : ''}
        <form method="post" action="/log-in">
          <label>E-mail <input name="email" type="email" autocomplete="username" required></label>
          <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
          <button>Log in</button>
        </form>
        <aside>
          <h2>This is an example</h2>
          <p>Its three customers all have the password <code>${demoPassword}</code>.</p>
          ${customers.map(quickLogIn).join('')}
        </aside>
      </section>`,
  })
}

function page({ title, customer, chat, main }) {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${text(title)}</title>
  <link rel="icon" href="/leaf.svg">
  <link rel="stylesheet" href="/shop.css">
  <script src="/chat.js" defer></script>
</head>
<body data-chat="${text(JSON.stringify(chat))}">
  <header>
    <a class="brand" href="/"><img src="/leaf.svg" alt="" width="28" height="28">Halden Tea</a>
    ${customer ? account(customer) : '<a class="button" href="/log-in">Log in</a>'}
  </header>
  <main>${main}</main>
  <footer>A shop that sells nothing, made to show how a site signs its customers in to its chat.</footer>
</body>
</html>`
}

function account(customer) {
  return `<form method="post" action="/log-out" class="account" data-log-out>
    <span>${text(customer.name)}</span>
    <button class="quiet">Log out</button>
  </form>`
}

function quickLogIn(customer) {
  return `<form method="post" action="/log-in">
    <input type="hidden" name="email" value="${text(customer.email)}">
    <input type="hidden" name="password" value="${demoPassword}">
    <button class="quiet">Log in as ${text(firstName(customer))}</button>
    <span>${text(customer.email)}</span>
  </form>`
}

function card(tea) {
  return `<li><a href="/teas/${tea.slug}">
    ${tin(tea)}
    <span class="kind">${text(tea.kind)}</span>
    <strong>${text(tea.name)}</strong>
    <span class="price">€ ${tea.price} <small>${tea.grams} g</small></span>
  </a></li>`
}

// A tin, coloured by its tea.
function tin({ hue, name }) {
  const shade = (lightness, chroma) => `oklch(${lightness} ${chroma} ${hue})`
  return `<svg class="tin" viewBox="0 0 200 200" role="img" aria-label="A tin of ${text(name)}">
    <rect width="200" height="200" fill="${shade(0.93, 0.03)}"/>
    <ellipse cx="100" cy="168" rx="52" ry="8" fill="${shade(0.8, 0.05)}"/>
    <rect x="56" y="58" width="88" height="110" rx="7" fill="${shade(0.56, 0.09)}"/>
    <rect x="56" y="58" width="22" height="110" rx="7" fill="${shade(0.64, 0.09)}"/>
    <rect x="52" y="40" width="96" height="24" rx="6" fill="${shade(0.4, 0.07)}"/>
    <rect x="52" y="40" width="24" height="24" rx="6" fill="${shade(0.48, 0.07)}"/>
    <rect x="56" y="92" width="88" height="46" fill="${shade(0.95, 0.02)}"/>
    <path d="M100 100c13 5 15 19 0 31-15-12-13-26 0-31zm0 7v24" fill="none" stroke="${shade(0.45, 0.09)}" stroke-width="2.5" stroke-linecap="round"/>
  </svg>`
}

function firstName(customer) {
  return customer.name.split(' ')[0]
}

function text(value) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return String(value).replace(/[&<>"']/g, (character) => entities[character])
}

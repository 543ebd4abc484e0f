// The whole of the browser's part. `data-chat` is what the shop's server says of the chat on this page.
const chat = JSON.parse(document.body.dataset.chat)

window.tiledeskSettings = { projectid: chat.project }

window.tileDeskAsyncInit = () => {
  window.tiledesk.on('loadParams', () => {
    if (chat.token) window.tiledesk.signInWithCustomToken(`JWT ${chat.token}`)
    if (chat.provider) window.tiledesk.signInWithCustomToken(freshToken)
  })
}

// The widget calls this at sign-in, before its session runs out, and after a refusal.
async function freshToken() {
  const response = await fetch(chat.provider)
  if (!response.ok) throw new Error('The shop gave no token. Is the customer still logged in?')
  return `JWT ${await response.text()}`
}

const script = document.createElement('script')
script.id = 'tiledesk-jssdk'
script.async = true
script.src = `${chat.url}/tiledesk.js`
document.head.append(script)

for (const button of document.querySelectorAll('[data-open-chat]')) {
  button.addEventListener('click', () => window.tiledesk?.open?.())
}

// Out of the chat first, then out of the shop; a chat that does not answer must not keep anybody logged in.
document.querySelector('[data-log-out]')?.addEventListener('submit', async (event) => {
  event.preventDefault()
  const patience = new Promise((resolve) => setTimeout(resolve, 2000))
  await Promise.race([window.tiledesk?.logout?.(), patience]).catch(() => {})
  event.target.submit()
})

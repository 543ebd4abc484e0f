// A tea shop. Whoever logs in to the shop is signed in to its chat as the same person.
import express from 'express'
import { customerById, findCustomer, findTea } from './catalogue.js'
import { chatToken } from './chat-token.js'
import { forget, recall, remember } from './log-in-cookie.js'
import { homePage, logInPage, teaPage } from './pages.js'

const { SIGNET_URL = 'http://localhost:4000', SIGNET_PROJECT, SIGNET_SECRET, PORT = '4001' } = process.env
// "page" puts the token into the page, "provider" lets the widget fetch one. The README says when to use which.
const { SIGN_IN = 'page' } = process.env

if (!SIGNET_PROJECT || !SIGNET_SECRET) {
  console.error(
    'Set SIGNET_PROJECT and SIGNET_SECRET. Both are in the dashboard under Settings › Visitor authentication.',
  )
  process.exit(1)
}

const app = express()
app.disable('x-powered-by')
app.use(express.static(`${import.meta.dirname}/public`))
app.use(express.urlencoded({ extended: false, limit: '2kb' }))

// The shop keeps a strict policy to show that the widget lives under one: only its address is added.
const socket = SIGNET_URL.replace(/^http/, 'ws')
app.use((_request, response, next) => {
  response.set({
    'content-security-policy': [
      "default-src 'self'",
      `script-src 'self' ${SIGNET_URL}`,
      `connect-src 'self' ${SIGNET_URL} ${socket}`,
      "img-src 'self' data:",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    // A page may hold a customer's token.
    'cache-control': 'no-store',
  })
  next()
})

app.use((request, response, next) => {
  response.locals.customer = customerById(recall(request))
  response.locals.chat = chatFor(response.locals.customer, request)
  next()
})

app.get('/', (_request, response) => {
  response.send(homePage(response.locals))
})

app.get('/teas/:slug', (request, response) => {
  const tea = findTea(request.params.slug)
  if (tea) response.send(teaPage({ ...response.locals, tea }))
  else response.status(404).send(homePage(response.locals))
})

app.get('/log-in', (_request, response) => {
  response.send(logInPage(response.locals))
})

app.post('/log-in', (request, response) => {
  const { email, password } = request.body ?? {}
  const customer = findCustomer(email, password)
  if (!customer) {
    response.status(401).send(logInPage({ ...response.locals, failed: true }))
    return
  }
  remember(response, customer.id)
  response.redirect(303, '/')
})

app.post('/log-out', (_request, response) => {
  forget(response)
  response.redirect(303, '/')
})

// For the provider: a fresh token each time, for whoever is logged in to the shop and for nobody else.
app.get('/chat-token', (_request, response) => {
  const { customer } = response.locals
  if (customer) response.type('text').send(chatToken(customer))
  else response.status(401).type('text').send('Log in first.')
})

function chatFor(customer, request) {
  const chosen = request.query['sign-in'] ?? SIGN_IN
  const chat = { url: SIGNET_URL, project: SIGNET_PROJECT }
  if (!customer) return chat
  return chosen === 'provider' ? { ...chat, provider: '/chat-token' } : { ...chat, token: chatToken(customer) }
}

const server = app.listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) {
    console.error(`The shop cannot listen on port ${PORT}: ${error.message}`)
    process.exit(1)
  }
  console.log(`The shop is open at http://localhost:${PORT}`)
})

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  })
}

/** The bot of docs/build-a-bot.md, as it stands there: read from the page and run as a program of its own. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request as ask } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Clock } from '../clock.ts'
import { freePort } from '../free-port.ts'
import { certificate, startHttps } from '../https-server.ts'
import { Shop, Signet } from '../signet.ts'

const root = join(import.meta.dirname, '../../..')
const host = 'keys.signet.test'

function sample(): string {
  const page = readFileSync(join(root, 'docs/build-a-bot.md'), 'utf8')
  const [, code] = /^```js\n([\s\S]*?)^```$/m.exec(page) ?? []
  if (!code) throw new Error('The page shows no program.')
  return code
}

test('[HT1][VS6][WH3] the bot that docs/build-a-bot.md shows answers visitors, once and under its name', async () => {
  const port = await freePort()
  // What stands before it with a certificate.
  const proxy = await startHttps((request, response) => {
    const { method, headers, url } = request
    const onwards = ask({ port, host: '127.0.0.1', method, headers, path: url }, (answer) => {
      response.writeHead(answer.statusCode ?? 500)
      answer.pipe(response)
    })
    onwards.on('error', () => response.writeHead(502).end())
    request.pipe(onwards)
  })
  onTestFinished(() => proxy.stop())
  // The library that checks signatures looks at the real one.
  const clock = new Clock()
  clock.ms = Date.now()
  const signet = await Signet.start({
    seams: {
      webhookGuards: {
        ca: certificate,
        permits: (address) => address === '127.0.0.1',
        resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      },
    },
    clock,
  })
  onTestFinished(() => signet.stop())
  const shop = await Shop.open(signet)
  const of = { params: { project: shop.id } }
  const { key } = await shop.owner.caller.call('POST /projects/:project/api-keys', {
    ...of,
    body: { name: 'Shop assistant', scopes: ['conversations:write'] },
  })
  const { secret } = await shop.owner.caller.call('POST /projects/:project/webhooks', {
    ...of,
    body: { url: `https://${host}:${proxy.port}/`, events: ['message.added'] },
  })
  const env = { SIGNET_URL: signet.url, SIGNET_API_KEY: key, SIGNET_WEBHOOK_SECRET: secret, PORT: String(port) }
  const bot = spawn(process.execPath, ['--input-type=module', '--eval', sample()], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  onTestFinished(() => void bot.kill('SIGKILL'))
  await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/`, { method: 'POST' }), { timeout: 20_000, interval: 20 })

  const { session } = await shop.signIn({ external_id: '42', name: 'Grace' })
  const socket = await shop.connect(session)
  const { conversationId } = await socket.write('Where is my order?')
  const read = { params: { conversation: conversationId }, query: {} }
  const said = async () => {
    const { messages } = await signet.visitor(session).call('GET /conversations/:conversation/messages', read)
    return messages.map(({ author, text }) => `${author.name}: ${text}`)
  }
  const patience = { timeout: 20_000, interval: 20 }
  const first = ['Grace: Where is my order?', 'Shop assistant: You wrote: Where is my order?']
  await vi.waitFor(async () => expect(await said()).toEqual(first), patience)
  await socket.write('Is there a person?', conversationId)
  const second = [...first, 'Grace: Is there a person?', 'Shop assistant: Somebody of our team will be with you.']
  // Deliveries are in order: had it answered itself, or anybody twice, that would stand here by now.
  await vi.waitFor(async () => expect(await said()).toEqual(second), patience)
  const tagged = await shop.owner.caller.call('GET /conversations/:conversation', { params: read.params })
  expect(tagged).toMatchObject({ tags: ['wants a person'] })
})

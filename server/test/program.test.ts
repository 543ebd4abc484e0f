import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { Caller } from './caller.ts'
import { Clock } from './clock.ts'
import { freePort } from './free-port.ts'
import { Program } from './program.ts'
import { Socket } from './socket.ts'
import { signToken } from './token.ts'

let dataDir: string
let url: string
let environment: Record<string, string>
let program: Program

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'signet-program-'))
  const port = String(await freePort())
  url = `http://localhost:${port}`
  environment = { PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'trace', MESSAGE_BURST: '100000' }
  await start()
  return async () => {
    await program.end('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
})

async function start() {
  program = new Program(environment)
  await program.ready(url)
}

async function setUp() {
  const owner = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery', projectName: 'Shop' }
  const { body, headers } = await new Caller(url).answer('POST /setup', { body: owner })
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const agent = new Caller(url, { cookie, origin: url })
  const params = { project: body.project.id }
  const { secret } = await agent.call('POST /projects/:project/shared-secrets', { params, body: {} })
  const clock = new Clock()
  clock.ms = Date.now()
  const token = signToken(secret, clock)
  const admitted = await new Caller(url).call('POST /projects/:project/visitor-sessions', { params, body: { token } })
  return { agent, cookie, project: params.project, secret, token, session: admitted.session, owner }
}

async function connect(project: string, session: string) {
  const socket = await new Socket(url).opened()
  socket.say({ type: 'hello', v: 1, project, session })
  await socket.next('welcome')
  return socket
}

test('[DL2] kill -9 at any moment loses nothing that was acked, and what is sent again is there once', async () => {
  const { project, session } = await setUp()
  const acked = new Set<string>()
  const sent: string[] = []
  let conversationId: string | undefined
  for (const killAfter of [40, 110]) {
    const socket = await connect(project, session)
    conversationId ??= (await socket.write('first')).conversationId
    const send = (clientId: string) =>
      socket.raw.send(JSON.stringify({ type: 'send', clientId, conversationId, text: clientId }))
    // What was never acked is sent again, as a client would.
    for (const clientId of sent.filter((one) => !acked.has(one))) send(clientId)
    socket.raw.on('message', (data) => {
      const frame = JSON.parse(data.toString())
      if (frame.type === 'ack') acked.add(frame.clientId)
      if (acked.size > killAfter) void program.end('SIGKILL')
      else if (sent.length < killAfter + 60) {
        const clientId = crypto.randomUUID()
        sent.push(clientId)
        send(clientId)
      }
    })
    for (let count = 0; count < 20; count++) {
      const clientId = crypto.randomUUID()
      sent.push(clientId)
      send(clientId)
    }
    expect(await program.ended).toBe('SIGKILL')
    await socket.closed
    await start()
  }
  const visitor = new Caller(url, { authorization: `Bearer ${session}` })
  const stored: { clientId: string; seq: number | null }[] = []
  for (let more = true; more; ) {
    const page = await visitor.call('GET /conversations/:conversation/messages', {
      params: { conversation: conversationId ?? '' },
      query: { after: String(stored.length), limit: '200' },
    })
    stored.push(...page.messages)
    more = page.more
  }
  expect(acked.size).toBeGreaterThan(110)
  const ids = stored.map(({ clientId }) => clientId)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...acked].filter((clientId) => !ids.includes(clientId))).toEqual([])
  expect(stored.map(({ seq }) => seq)).toEqual(ids.map((_id, index) => index + 1))
}, 30_000)

test('[DL8][VS13] SIGTERM ends it with 0 within 10 seconds, sockets told; its log has no secret in it', async () => {
  const { agent, cookie, project, secret, token, session, owner } = await setUp()
  const socket = await connect(project, session)
  const { conversationId } = await socket.write('a text that is nobody’s business')
  const refused = new Caller(url, { authorization: 'Bearer x' })
  await refused.refusal('GET /visitor-session', {})
  const params = { project }
  await new Caller(url).refusal('POST /projects/:project/visitor-sessions', { params, body: { token: `${token}x` } })
  await new Caller(url).refusal('POST /agent-session', { body: { email: owner.email, password: `${owner.password}x` } })
  const invited = await agent.call('POST /projects/:project/invitations', {
    params,
    body: { email: 'lin@example.com', role: 'agent' },
  })
  await agent.call('GET /conversations/:conversation', { params: { conversation: conversationId } })
  const pasted = signToken('another secret', new Clock(), { external_id: 'pasted' })
  await agent.call('POST /projects/:project/token-checks', { params, body: { token: pasted } })
  const began = performance.now()
  const ended = program.end('SIGTERM')
  expect((await socket.next('bye')).retryAfterMs).toBeGreaterThanOrEqual(0)
  expect(await ended).toBe(0)
  expect(performance.now() - began).toBeLessThan(10_000)
  // Something was logged, and of all this nothing.
  for (const path of ['visitor-sessions', 'token-checks']) expect(program.output).toContain(path)
  const code = program.output.match(/\?code=(\S+)/)?.[1] ?? ''
  expect(program.output.split(code)).toHaveLength(2)
  const secrets = [
    secret,
    token,
    session,
    cookie.split('=')[1] ?? '',
    owner.password,
    invited.link.split('#')[1] ?? '',
    'nobody’s business',
    ...pasted.split('.').slice(1),
  ]
  for (const one of secrets) expect(program.output).not.toContain(one)
}, 30_000)

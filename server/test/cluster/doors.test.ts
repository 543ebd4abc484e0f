/** Who is put out on one node is put out on the others within a second, whatever the bus does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../postgres.ts'
import { Shop, type Signet } from '../signet.ts'
import { signToken } from '../token.ts'
import { connectTo, startNode } from './cluster.ts'
import { redisMissing, TestRedis } from './redis.ts'

let postgres: TestPostgres
let redis: TestRedis

beforeAll(async () => {
  if (redisMissing) return
  ;[postgres, redis] = await Promise.all([startPostgres(), TestRedis.start()])
  return () => Promise.all([postgres.stop(), redis.kill()])
}, 30_000)

describe.skipIf(redisMissing).each(['which carries', 'which loses everything'])('doors, and a bus %s', (kind) => {
  let a: Signet
  let b: Signet
  let shop: Shop
  let readings = 0

  beforeAll(async () => {
    const stores = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url }
    ;[a, b] = await Promise.all([startNode(stores), startNode(stores)])
    countReadings(b, () => readings++)
    if (kind === 'which carries') return
    for (const { app } of [a, b]) app.model.bus.publish = () => {}
  })
  afterAll(() => Promise.all([a.stop(), b.stop()]))
  beforeEach(async () => {
    shop = await Shop.open(a)
  })

  const owner = () => shop.owner.caller
  const params = () => ({ project: shop.id })

  async function soon(happens: Promise<unknown>): Promise<void> {
    const before = readings
    await happens
    // By readings, of which there are three a second, and not by the time, which belongs to whatever else runs here.
    // One may have been under way.
    expect(readings - before).toBeLessThanOrEqual(3)
  }

  test('[SS6][VS16] revoking on one node ends the sockets on the other, and its tokens there', async () => {
    const { session } = await shop.signIn()
    const [secret, sockets] = [
      shop.secret,
      [await connectTo(a, shop, { session }), await connectTo(b, shop, { session })],
    ]
    await owner().call('POST /projects/:project/shared-secrets/:key/revoke', {
      params: { ...params(), key: shop.keyId },
    })
    const admitted = b.anybody.refusal('POST /projects/:project/visitor-sessions', {
      params: params(),
      body: { token: signToken(secret, b.clock, { external_id: 'late' }) },
    })
    await soon(
      Promise.all(
        sockets.map(async (socket) => {
          expect((await socket.next('ended')).reason).toBe('secret_revoked')
          expect(await socket.closed).toBe(4401)
        }),
      ),
    )
    expect(await admitted).toBe('secret_revoked')
    expect(await b.visitor(session).refusal('GET /visitor-session', {})).toBe('session_ended')
  })

  test('[VS16] a visitor who signs out on one node is out on the other', async () => {
    const { session } = await shop.signIn()
    const socket = await connectTo(b, shop, { session })
    await a.visitor(session).call('DELETE /visitor-session', {})
    await soon(socket.next('ended', ({ reason }) => reason === 'signed_out'))
  })

  test('[VS15][VS16] who is banned on one node is out on the other, and refused there', async () => {
    const { session, visitor } = await shop.signIn()
    const socket = await connectTo(b, shop, { session })
    await owner().call('POST /projects/:project/bans', { params: params(), body: { visitorId: visitor.id } })
    const admitted = b.anybody.refusal('POST /projects/:project/visitor-sessions', {
      params: params(),
      body: { token: shop.token() },
    })
    await soon(socket.next('ended', ({ reason }) => reason === 'banned'))
    expect(await admitted).toBe('banned')
    expect(await b.visitor(session).refusal('GET /visitor-session', {})).toBe('banned')
  })

  test('[VS6][VS16] whom his site signs out by API key is out on every node', async () => {
    const made = await owner().call('POST /projects/:project/api-keys', {
      params: params(),
      body: { name: 'Backend', scopes: ['visitors:sign_out'] },
    })
    const [one, two] = [await shop.signIn(), await shop.signIn()]
    const sockets = [await connectTo(a, shop, one), await connectTo(b, shop, two)]
    const backend = a.anybody.with({ authorization: `Bearer ${made.key}` })
    const asked = { params: params(), query: { externalId: 'customer-1' } }
    expect(await backend.call('DELETE /projects/:project/visitor-sessions', asked)).toEqual({ ended: 2 })
    await soon(Promise.all(sockets.map((socket) => socket.next('ended', ({ reason }) => reason === 'signed_out'))))
    expect(await b.visitor(one.session).refusal('GET /visitor-session', {})).toBe('session_ended')
  })

  test('[VS11][VS16] origins that change on one node close the sockets from elsewhere on the other', async () => {
    const { session } = await shop.signIn()
    const socket = await connectTo(b, shop, { session })
    const body = { allowedOrigins: ['https://shop.example'] }
    await owner().call('PATCH /projects/:project', { params: params(), body })
    await soon(socket.next('error', ({ code }) => code === 'origin_not_allowed'))
    expect(await socket.closed).toBe(4403)
  })

  test('[VS16] an agent who signs out on one node is out on the other', async () => {
    const agent = await shop.member('agent')
    const socket = await connectTo(b, shop, { agent })
    await agent.caller.call('DELETE /agent-session', {})
    await soon(socket.next('ended', ({ reason }) => reason === 'signed_out'))
  })

  test('[VS16] a role that changes on one node begins the agent anew on the other, and its end puts him out', async () => {
    const agent = await shop.member('agent')
    const socket = await connectTo(b, shop, { agent })
    const member = { params: { ...params(), agent: agent.id } }
    await owner().call('PATCH /projects/:project/members/:agent', { ...member, body: { role: 'admin' } })
    await soon(socket.next('welcome', ({ self }) => self.kind === 'agent' && self.role === 'admin'))
    await owner().call('DELETE /projects/:project/members/:agent', member)
    await soon(socket.next('ended', ({ reason }) => reason === 'membership_ended'))
  })
})

function countReadings({ app }: Signet, count: () => void): void {
  const { database } = app.model
  const { rows } = database
  database.rows = (sql, parameters) => {
    if (sql.startsWith('select security_number')) count()
    return rows(sql, parameters)
  }
}

/** A NUL, which PostgreSQL neither keeps nor looks for, in every place where a text may come in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Endpoint, endpoints } from '../../../protocol/endpoints.ts'
import { statusOf } from '../../../protocol/errors.ts'
import { startPostgres, type TestPostgres } from '../postgres.ts'
import { Shop, type Signet } from '../signet.ts'
import { signToken } from '../token.ts'
import { startNode } from './cluster.ts'

let postgres: TestPostgres
let node: Signet
let shop: Shop

beforeAll(async () => {
  postgres = await startPostgres()
  node = await startNode({ databaseUrl: await postgres.createDatabase(), redisUrl: undefined })
  shop = await Shop.open(node)
}, 60_000)
afterAll(async () => {
  await node.stop()
  await postgres.stop()
}, 60_000)

const nul = 'a\0b'
const status = async (method: string, path: string, body?: unknown, caller = shop.owner.caller) =>
  (await caller.send(method, `/api/v1${path}`, body)).status

test('[HT1][DL9] in an address it names nothing', async () => {
  const inParams = Object.entries<Endpoint>(endpoints).filter(([, { params }]) => params)
  expect(inParams.length).toBeGreaterThan(20)
  for (const [key, { body }] of inParams) {
    const [method = '', path = ''] = key.split(' ')
    const asked = path.replace(/:\w+/g, 'a%00b')
    expect(await status(method, asked, body && {}), key).toBeLessThan(500)
  }
  const socket = await node.open().opened()
  socket.say({ type: 'hello', v: 1, project: nul, session: 'x'.repeat(43) })
  expect(await socket.next('error')).toMatchObject({ code: 'not_found' })
})

describe('is refused, and nothing breaks', () => {
  const of = (path: string) => `/projects/${shop.id}${path}`
  const password = 'a long enough one'
  test.each<[what: string, method: string, path: () => string, body?: () => unknown]>([
    ['the name of a project', 'PATCH', () => of(''), () => ({ name: nul })],
    ['the name of a new project', 'POST', () => '/projects', () => ({ name: nul })],
    ['the name of an owner', 'POST', () => '/setup', () => ({ name: nul, email: 'a@b', password, projectName: 'x' })],
    ['the name of an API key', 'POST', () => of('/api-keys'), () => ({ name: nul, scopes: ['visitors:sign_out'] })],
    ['the e-mail of a member', 'POST', () => of('/invitations'), () => ({ email: `${nul}@b`, role: 'agent' })],
    ['the e-mail of an agent', 'POST', () => '/agent-session', () => ({ email: `${nul}@b`, password })],
    ['the reason of a ban', 'POST', () => of('/bans'), () => ({ visitorId: shop.id, reason: nul })],
    ['what is searched for', 'GET', () => of('/conversations?text=a%00b')],
    ['an assignee', 'GET', () => of('/conversations?assignee=a%00b')],
    ['an external id', 'DELETE', () => of('/visitor-sessions?externalId=a%00b')],
  ])('[HT1][DL9] in %s', async (_what, method, path, body) => {
    expect(await status(method, path(), body?.())).toBe(statusOf('invalid_request'))
  })

  test('[VS13][DL9] in the kid of a token', async () => {
    const [, ...rest] = signToken(shop.secret, node.clock).split('.')
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: nul })).toString('base64url')
    const { rules } = await shop.owner.caller.call('POST /projects/:project/token-checks', {
      params: { project: shop.id },
      body: { token: [header, ...rest].join('.') },
    })
    expect(rules.find(({ outcome }) => outcome === 'failed')).toMatchObject({ code: 'key_unknown', field: 'kid' })
  })
})

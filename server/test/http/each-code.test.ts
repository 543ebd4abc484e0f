/** Codes that one endpoint alone gives, as a client of the API meets them; scripts/check-api.ts says which are missing. */
import { exportJWK, generateKeyPair } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { Shop, Signet } from '../signet.ts'
import { signToken } from '../token.ts'

let signet: Signet
let shop: Shop

beforeEach(async () => {
  signet = await Signet.start({ config: { messageBurst: 6 } })
  shop = await Shop.open(signet)
  return () => signet.stop()
})

const ofProject = () => ({ params: { project: shop.id } })
const nowhere = { params: { project: 'no-such-project' } }

describe('keys', () => {
  const generate = (previous: 'keep' | 'revoke' = 'keep') =>
    shop.owner.caller.refusal('POST /projects/:project/shared-secrets', { ...ofProject(), body: { previous } })
  const register = (body: { jwk: Record<string, unknown> } | { pem: string } | { jwksUrl: string }) =>
    shop.owner.caller.refusal('POST /projects/:project/public-keys', { ...ofProject(), body })
  const jwk = async (half: 'publicKey' | 'privateKey') => ({
    ...(await exportJWK((await generateKeyPair('ES256', { extractable: true }))[half])),
  })

  test('[SS5] there are at most five live keys, of either kind', async () => {
    for (let live = 1; live < 5; live++) expect(await generate()).toBe('accepted')
    expect(await generate()).toBe('too_many_keys')
    expect(await register({ jwk: await jwk('publicKey') })).toBe('too_many_keys')
  })

  test('[SS5] what is revoked is neither retired nor revoked again', async () => {
    const params = { project: shop.id, key: shop.keyId }
    await generate('revoke')
    const { caller } = shop.owner
    const retire = { params, body: { graceSeconds: 60 } }
    expect(await caller.refusal('POST /projects/:project/shared-secrets/:key/revoke', { params })).toBe('key_not_live')
    expect(await caller.refusal('POST /projects/:project/shared-secrets/:key/retire', retire)).toBe('key_not_live')
  })

  test('[SS8] what is no public key is not registered, nor is a private one, nor an address that gives none', async () => {
    expect(await register({ pem: 'no key' })).toMatch(/^key_invalid/)
    expect(await register({ jwk: await jwk('privateKey') })).toMatch(/^key_is_private/)
    expect(await register({ jwksUrl: 'https://127.0.0.1/jwks.json' })).toMatch(/^jwks_unreachable/)
  })
})

describe('signing in', () => {
  const signIn = (token: string, project = shop.id) =>
    signet.anybody.refusal('POST /projects/:project/visitor-sessions', { params: { project }, body: { token } })

  test('[VT2][VT3][VT10] which token is refused how', async () => {
    const { seconds } = signet.clock
    const [, payload, signature] = shop.token().split('.')
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
    const foreign = Buffer.from(JSON.stringify({ alg: 'HS256', kid: crypto.randomUUID() })).toString('base64url')
    expect(await signIn(`${unsigned}.${payload}.${signature}`)).toMatch(/^algorithm_not_allowed/)
    expect(await signIn(`${foreign}.${payload}.${signature}`)).toMatch(/^key_unknown/)
    expect(await signIn(shop.token({ nbf: seconds + 200 }))).toMatch(/^token_not_yet_valid/)
    const { id } = await shop.owner.caller.call('POST /projects', { body: { name: 'Without a key' } })
    expect(await signIn(signToken('a secret', signet.clock), id)).toBe('no_signing_key')
  })

  test('[PA] to a project that there is not nobody is admitted', async () => {
    expect(await signIn(shop.token(), nowhere.params.project)).toMatch(/^not_found/)
    expect(await signet.anybody.refusal('GET /projects/:project/widget', nowhere)).toMatch(/^not_found/)
  })

  test('[VT14] what a page claims of somebody is text that can be stored', async () => {
    const body = { claims: { name: '\ud800' } }
    const claimed = await signet.anybody.refusal('POST /projects/:project/visitor-sessions', { ...ofProject(), body })
    expect(claimed).toMatch(/^text_invalid/)
  })
})

describe('API keys', () => {
  test('[HT2] a key does what its scopes say, and nothing else', async () => {
    const body = { name: 'Backend', scopes: ['visitors:sign_out' as const] }
    const { key, id } = await shop.owner.caller.call('POST /projects/:project/api-keys', { ...ofProject(), body })
    await signet.app.model.database.transaction((tx) =>
      tx.query.updateTable('api_keys').set({ scopes: '[]' }).where('id', '=', id).execute(),
    )
    const signOut = { ...ofProject(), query: { externalId: '1' } }
    const backend = signet.anybody.with({ authorization: `Bearer ${key}` })
    expect(await backend.refusal('DELETE /projects/:project/visitor-sessions', signOut)).toBe('forbidden')
  })
})

describe('passwords', () => {
  test('[ML2] who guesses at links has to wait', async () => {
    const guess = () =>
      signet.anybody.refusal('POST /password-resets/use', { body: { token: 'x'.repeat(43), password: '0123456789' } })
    const guesses = []
    for (let tried = 0; tried < 12; tried++) guesses.push(await guess())
    expect(guesses[0]).toMatch(/^link_expired/)
    expect(guesses.at(-1)).toBe('rate_limited')
  })
})

describe('messages', () => {
  test('[DL1][DL7] which message is refused how', async () => {
    const { session } = await shop.signIn()
    const socket = await shop.connect(session)
    const { conversationId, clientId } = await socket.write('Hello')
    const write = (caller = signet.visitor(session), more: object = {}) =>
      caller.refusal('POST /conversations/:conversation/messages', {
        params: { conversation: conversationId },
        body: { clientId: crypto.randomUUID(), text: 'Hi', ...more },
      })
    const visitor = signet.visitor(session)
    expect(await write(visitor, { text: ' ' })).toMatch(/^text_empty/)
    expect(await write(visitor, { text: 'x'.repeat(8_001) })).toMatch(/^text_too_long/)
    expect(await write(visitor, { text: '\0' })).toMatch(/^text_invalid/)
    expect(await write(visitor, { attributes: { a: 'x'.repeat(4_097) } })).toMatch(/^attributes_too_large/)
    expect(await write(shop.owner.caller, { clientId })).toMatch(/^client_id_conflict/)
    const many = []
    for (let sent = 0; sent < 8; sent++) many.push(await write())
    expect(many).toContain('rate_limited')
    await socket.leave()
  })
})

describe('changes of two agents at once', () => {
  test('[HT1] who comes too late with the version that he saw is told so, and undoes nothing', async () => {
    const { session } = await shop.signIn()
    const socket = await shop.connect(session)
    const { conversationId: conversation } = await socket.write('Hello')
    const { caller } = shop.owner
    const asked = { params: { conversation } }
    const tags = (tag: string) => ({ ...asked, body: { tags: [tag] } })
    const seen = (await caller.answer('GET /conversations/:conversation', asked)).headers.get('etag') ?? ''
    expect(await caller.call('GET /conversations/:conversation', asked)).toMatchObject({ etag: seen.slice(1, -1) })
    await socket.write('Neither a message nor that it is read is a change of the record')
    await caller.call('POST /conversations/:conversation/messages', {
      ...asked,
      body: { clientId: crypto.randomUUID(), text: 'Hi' },
    })
    socket.say({ type: 'read', conversationId: conversation, seq: 3 })
    await socket.next('read')
    const mine = caller.with({ 'if-match': seen })
    const first = await mine.answer('PATCH /conversations/:conversation', tags('first'))
    expect(await mine.refusal('PATCH /conversations/:conversation', tags('second'))).toBe('changed_meanwhile')
    expect(await caller.call('GET /conversations/:conversation', asked)).toMatchObject({ tags: ['first'] })
    const again = caller.with({ 'if-match': first.headers.get('etag') ?? '' })
    expect(await again.refusal('PATCH /conversations/:conversation', tags('second'))).toBe('accepted')
    const odd = caller.with({ 'if-match': 'W/"1"' })
    expect(await odd.refusal('PATCH /conversations/:conversation', tags('third'))).toMatch(/^invalid_request/)
    await socket.leave()
  })
})

describe('departments, hours and ratings', () => {
  const change = (body: object) => shop.owner.caller.refusal('PATCH /projects/:project', { ...ofProject(), body })
  const make = (name: string) =>
    shop.owner.caller.refusal('POST /projects/:project/departments', { ...ofProject(), body: { name } })

  test('[AG7] departments have different names, and there are not too many', async () => {
    expect([await make('Sales'), await make('Sales')]).toEqual(['accepted', expect.stringMatching(/^department_taken/)])
    for (let made = 1; made < 50; made++) await make(`Department ${made}`)
    expect(await make('One more')).toBe('too_many_departments')
    const { departments } = await shop.owner.caller.call('GET /projects/:project/departments', ofProject())
    const [one, other] = departments
    const renamed = await shop.owner.caller.refusal('PATCH /projects/:project/departments/:department', {
      params: { project: shop.id, department: one?.id ?? '' },
      body: { name: other?.name ?? '' },
    })
    expect(renamed).toMatch(/^department_taken/)
  })

  test('[WG2] opening hours and forms that cannot be are refused', async () => {
    const hours = (day: object, timeZone = 'Europe/Rome') =>
      change({ openingHours: { timeZone, awayMessage: null, intervals: [day] } })
    expect(await hours({ day: 1, from: '09:00', to: '17:00' }, 'Europe/Atlantis')).toMatch(/^time_zone_unknown/)
    expect(await hours({ day: 1, from: '17:00', to: '09:00' })).toMatch(/^hours_invalid/)
    const field = { name: 'a', type: 'text', label: 'A' }
    expect(await change({ widget: { preChatFormJson: [field, field] } })).toMatch(/^form_invalid/)
  })

  test('[WG2] what is open is not rated yet', async () => {
    const { session } = await shop.signIn()
    const socket = await shop.connect(session)
    const { conversationId: conversation } = await socket.write('Hello')
    const rate = (body: { stars: number; comment?: string }) =>
      signet.visitor(session).refusal('PUT /conversations/:conversation/rating', { params: { conversation }, body })
    expect(await rate({ stars: 5 })).toBe('not_closed')
    await signet.visitor(session).call('POST /conversations/:conversation/close', { params: { conversation } })
    expect(await rate({ stars: 5, comment: '\ud800' })).toMatch(/^text_invalid/)
    await socket.leave()
  })
})

describe('webhooks', () => {
  test('an address that is not out in the open is refused, and there are not too many', async () => {
    const { caller } = shop.owner
    const body = { url: 'https://hooks.example/signet', events: ['message.added' as const] }
    const bad = { url: 'https://127.0.0.1/' }
    const make = (more: object = {}) =>
      caller.refusal('POST /projects/:project/webhooks', { ...ofProject(), body: { ...body, ...more } })
    expect(await make(bad)).toMatch(/^webhook_url_invalid/)
    const { id } = await caller.call('POST /projects/:project/webhooks', { ...ofProject(), body })
    const change = { params: { project: shop.id, webhook: id }, body: bad }
    expect(await caller.refusal('PATCH /projects/:project/webhooks/:webhook', change)).toMatch(/^webhook_url_invalid/)
    const more = []
    for (let made = 0; made < 20; made++) more.push(await make())
    expect(more.at(-1)).toBe('too_many_webhooks')
  })
})

describe('reports', () => {
  test('[HT5] days of a place that there is not are refused', async () => {
    const query = { from: '2026-01-01', to: '2026-01-02', timeZone: 'Europe/Atlantis' }
    const report = shop.owner.caller.refusal('GET /projects/:project/reports', { ...ofProject(), query })
    expect(await report).toMatch(/^time_zone_unknown/)
  })
})

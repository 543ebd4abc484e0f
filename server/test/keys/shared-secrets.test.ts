import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Schema } from '../../db/schema.ts'
import { eraseDeadSecrets } from '../../model/signing-key/shared-secret.ts'
import { findAtRest } from '../at-rest.ts'
import { day, hour, minute } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'
import { signToken } from '../token.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

const project = () => ({ params: { project: shop.id } })
const list = async () =>
  (await shop.owner.caller.call('GET /projects/:project/shared-secrets', project())).sharedSecrets
const states = async () => (await list()).map((secret) => secret.state)
const key = (id: string) => ({ params: { project: shop.id, key: id } })
const tokenRefusal = (secret: string) =>
  signet.anybody.refusal('POST /projects/:project/visitor-sessions', {
    ...project(),
    body: { token: signToken(secret, signet.clock) },
  })

test('[SS2] a secret is sgn_ and 32 random bytes, and its own UTF-8 is the key', async () => {
  expect(shop.secret).toMatch(/^sgn_[A-Za-z0-9_-]{43}$/)
  expect(await tokenRefusal(shop.secret)).toBe('accepted')
  expect(await tokenRefusal(shop.secret.slice(4))).toBe('signature_invalid')
})

test('[SS3] a secret is shown once: no later read has more than its last four characters', async () => {
  const admin = await shop.member('admin')
  const bodies = await Promise.all([
    admin.caller.send('GET', `/api/v1/projects/${shop.id}/shared-secrets`),
    admin.caller.send('GET', `/api/v1/projects/${shop.id}`),
    admin.caller.send('GET', '/api/v1/me'),
    signet.anybody.send('GET', `/api/v1/projects/${shop.id}/widget`),
  ])
  for (const body of bodies) {
    const text = await body.text()
    expect(text).not.toContain(shop.secret.slice(0, 12))
    expect(text).not.toContain('sealed')
  }
  const [only] = await list()
  expect(only).toMatchObject({ id: shop.keyId, last4: shop.secret.slice(-4), state: 'active' })
  expect(only?.createdBy).toEqual({ id: shop.owner.id, name: shop.owner.name })
})

test('[SS3] the answer that shows it may be kept by nobody on the way', async () => {
  const made = await shop.owner.caller.answer('POST /projects/:project/shared-secrets', { ...project(), body: {} })
  expect(made.headers.get('cache-control')).toBe('no-store')
})

test('[SS4] a secret is sealed at rest: in no file of the data folder, nor in the write-ahead log', async () => {
  const { secret } = shop
  await shop.generate({ previous: 'retire', graceSeconds: 60 })
  for (const one of [secret, shop.secret]) expect(findAtRest(signet.dataDir, one)).toEqual([])
  const { rows } = signet.app.model.database
  const [row] = await rows<{ sealed: string }>('select sealed from signing_keys where project_id = ?', [shop.id])
  expect(row?.sealed).toMatch(/^v1\./)
})

test('[SS4] the search for secrets at rest would find one', async () => {
  await shop.owner.caller.call('PATCH /projects/:project', { ...project(), body: { name: shop.secret } })
  expect(findAtRest(signet.dataDir, shop.secret)).not.toEqual([])
})

test('[SS5] generating revokes what was active, unless told otherwise', async () => {
  const first = shop.secret
  await shop.generate({})
  expect(await states()).toEqual(['active', 'revoked'])
  expect(await tokenRefusal(first)).toBe('secret_revoked')
  expect(await tokenRefusal(shop.secret)).toBe('accepted')
})

test('[SS5] keep leaves what is active alone', async () => {
  const first = shop.secret
  await shop.generate({ previous: 'keep' })
  expect(await states()).toEqual(['active', 'active'])
  expect(await tokenRefusal(first)).toBe('accepted')
})

test('[SS5] retire lets it verify until the grace is over, by the clock', async () => {
  const first = shop.secret
  await shop.generate({ previous: 'retire', graceSeconds: 3600 })
  expect(await states()).toEqual(['active', 'retiring'])
  signet.clock.advance(hour - 1)
  expect(await tokenRefusal(first)).toBe('accepted')
  signet.clock.advance(1)
  expect(await tokenRefusal(first)).toBe('secret_revoked')
  expect(await states()).toEqual(['active', 'revoked'])
  expect(await shop.owner.caller.refusal('POST /projects/:project/shared-secrets/:key/revoke', key(shop.keyId))).toBe(
    'accepted',
  )
})

test('[SS5] a key whose grace is over verifies nothing, though it is still in memory', async () => {
  const { keys } = signet.app.model
  await shop.generate({ previous: 'retire', graceSeconds: 60 })
  const states = async (at: number) => (await keys.candidates(shop.id, at)).keys.map(({ state }) => state)
  const { ms } = signet.clock
  expect(await states(ms + minute - 1)).toEqual(['live', 'live'])
  expect(await states(ms + minute)).toEqual(['live', 'dead'])
  // For 30 days more it is known why, then not even that.
  expect(await states(ms + minute + 30 * day - 1)).toEqual(['live', 'dead'])
  expect(await states(ms + minute + 30 * day)).toEqual(['live'])
})

test('[SS5] a session that is open when a grace ends lives out its time', async () => {
  const { session } = await shop.signIn()
  await shop.owner.caller.call('POST /projects/:project/shared-secrets/:key/retire', {
    ...key(shop.keyId),
    body: { graceSeconds: 60 },
  })
  signet.clock.advance(2 * minute)
  expect(await tokenRefusal(shop.secret)).toBe('secret_revoked')
  expect((await signet.visitor(session).call('GET /visitor-session', {})).visitor.verified).toBe(true)
})

test('[SS5] generating with retire leaves a grace alone that is running', async () => {
  await shop.generate({ previous: 'retire', graceSeconds: 60 })
  const before = (await list()).find((secret) => secret.state === 'retiring')?.retiresAt
  await shop.generate({ previous: 'retire', graceSeconds: 3600 })
  const after = (await list()).at(-1)
  expect(after?.retiresAt).toBe(before)
})

test('[SS5] revoke with previous applies to active secrets; one that retires goes on', async () => {
  await shop.generate({ previous: 'retire', graceSeconds: 60 })
  await shop.generate({ previous: 'revoke' })
  expect(await states()).toEqual(['active', 'revoked', 'retiring'])
})

test('[SS5] there are at most five live keys, retiring ones included, also when asked at once', async () => {
  const asked = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(() =>
      shop.owner.caller.refusal('POST /projects/:project/shared-secrets', { ...project(), body: { previous: 'keep' } }),
    ),
  )
  expect(asked.toSorted()).toEqual([...Array(4).fill('accepted'), 'too_many_keys', 'too_many_keys'])
  const [newest] = await list()
  await shop.owner.caller.call('POST /projects/:project/shared-secrets/:key/retire', {
    ...key(newest?.id ?? ''),
    body: { graceSeconds: 60 },
  })
  const again = { ...project(), body: { previous: 'keep' as const } }
  expect(await shop.owner.caller.refusal('POST /projects/:project/shared-secrets', again)).toBe('too_many_keys')
  signet.clock.advance(minute)
  expect(await shop.owner.caller.refusal('POST /projects/:project/shared-secrets', again)).toBe('accepted')
})

test('[SS5] a refused generation changes nothing', async () => {
  await Promise.all([1, 2, 3, 4].map(() => shop.generate({ previous: 'keep' })))
  const before = await list()
  const again = { ...project(), body: { previous: 'retire' as const } }
  expect(await shop.owner.caller.refusal('POST /projects/:project/shared-secrets', again)).toBe('too_many_keys')
  expect(await list()).toEqual(before)
})

test.each([59, 30 * 86_400 + 1, 1.5, -1])('[SS5] a grace of %s seconds is refused', async (graceSeconds) => {
  const body = { graceSeconds }
  const refusal = await shop.owner.caller.refusal('POST /projects/:project/shared-secrets/:key/retire', {
    ...key(shop.keyId),
    body,
  })
  expect(refusal).toBe('invalid_request graceSeconds')
})

test('[SS5] what is revoked stays so', async () => {
  await shop.owner.caller.call('POST /projects/:project/shared-secrets/:key/revoke', key(shop.keyId))
  const again = [
    await shop.owner.caller.refusal('POST /projects/:project/shared-secrets/:key/revoke', key(shop.keyId)),
    await shop.owner.caller.refusal('POST /projects/:project/shared-secrets/:key/retire', {
      ...key(shop.keyId),
      body: { graceSeconds: 60 },
    }),
  ]
  expect(again).toEqual(['key_not_live', 'key_not_live'])
})

/** A secret that has run out since somebody came in through it. */
const runOut = async () => {
  const old = { secret: shop.secret, id: shop.keyId, ...(await shop.signIn()) }
  await shop.generate({ previous: 'retire', graceSeconds: 60 })
  signet.clock.advance(minute)
  return old
}

test('[SS5][SS6] a secret whose grace is over can still be revoked: that ends the sessions through it', async () => {
  const old = await runOut()
  const open = () => signet.visitor(old.session).refusal('GET /visitor-session', {})
  expect(await open()).toBe('accepted')
  await shop.owner.caller.call('POST /projects/:project/shared-secrets/:key/revoke', key(old.id))
  expect(await open()).toBe('session_ended')
  expect(await tokenRefusal(old.secret)).toBe('secret_revoked')
  const again = shop.owner.caller.refusal('POST /projects/:project/shared-secrets/:key/revoke', key(old.id))
  expect(await again).toBe('key_not_live')
})

test('[SS5][VT3] revoked after it was erased, it stays dead since its grace ended, and harms no sign-in', async () => {
  const old = await runOut()
  signet.clock.advance(30 * day)
  const { database } = signet.app.model
  await eraseDeadSecrets({ database, now: signet.clock.now }, 100)
  // The owner's session is over, too.
  const { caller } = await shop.member('admin')
  await caller.call('POST /projects/:project/shared-secrets/:key/revoke', key(old.id))
  expect(await tokenRefusal(old.secret)).toBe('signature_invalid')
  expect(await tokenRefusal(shop.secret)).toBe('accepted')
})

test('[SS1] an owner of one project cannot reach a key of another through his own', async () => {
  const other = await Shop.open(signet)
  const theirs = { params: { project: other.id, key: shop.keyId } }
  expect(await other.owner.caller.refusal('POST /projects/:project/shared-secrets/:key/revoke', theirs)).toBe(
    'not_found key',
  )
  expect(await states()).toEqual(['active'])
  const token = signToken(shop.secret, signet.clock)
  const admit = { params: { project: other.id }, body: { token } }
  expect(await signet.anybody.refusal('POST /projects/:project/visitor-sessions', admit)).toBe('signature_invalid')
})

test('[SS7] each key tells of its sessions, connections and sign-ins', async () => {
  const { session } = await shop.signIn()
  await shop.signIn({ external_id: 'customer-2' })
  await shop.connect(session)
  const at = signet.clock.ms
  expect((await list())[0]).toMatchObject({
    sessions: 2,
    connected: 1,
    signInsLastDay: 2,
    signInsLastWeek: 2,
    lastUsedAt: at,
  })
  signet.clock.advance(2 * day)
  expect((await list())[0]).toMatchObject({ sessions: 0, signInsLastDay: 0, signInsLastWeek: 2, lastUsedAt: at })
})

test('[SS7] a connected session that is renewed under another key counts for that one from then on', async () => {
  const { session } = await shop.signIn()
  const sockets = [await shop.connect(session), await shop.connect(session)]
  const [old] = [shop.keyId, await shop.generate({ previous: 'retire', graceSeconds: 3600 })]
  const connected = async () => (await list()).map(({ id, sessions, connected }) => ({ id, sessions, connected }))
  expect(await connected()).toEqual([
    { id: shop.keyId, sessions: 0, connected: 0 },
    { id: old, sessions: 1, connected: 1 },
  ])
  await shop.signIn({}, { previousSession: session })
  await Promise.all(sockets.map((socket) => socket.settled()))
  expect(await connected()).toEqual([
    { id: shop.keyId, sessions: 1, connected: 1 },
    { id: old, sessions: 0, connected: 0 },
  ])
  await Promise.all(sockets.map((socket) => socket.leave()))
  await expect.poll(async () => (await connected())[0]).toMatchObject({ sessions: 1, connected: 0 })
})

test('[SS9] each change of a key is in the audit log: who, when, what, from where, and no secret', async () => {
  const first = shop.keyId
  await shop.generate({ previous: 'retire', graceSeconds: 60 })
  await shop.owner.caller.call('POST /projects/:project/shared-secrets/:key/revoke', key(shop.keyId))
  const rows = await signet.app.model.database.rows<Schema['audit_log']>(
    'select * from audit_log where project_id = ? order by rowid',
    [shop.id],
  )
  expect(rows.map((row) => row.action)).toEqual([
    'secret_generated',
    'secret_retired',
    'secret_generated',
    'secret_revoked',
  ])
  for (const row of rows) {
    expect(row).toMatchObject({ agent_id: shop.owner.id, address: '127.0.0.1', created_at: signet.clock.ms })
    expect(row.detail).not.toContain('sgn_')
  }
  expect(rows[1]?.detail).toContain(first)
})

import { beforeEach, expect, test } from 'vitest'
import type { SignInRefusal } from '../../../protocol/admin-records.ts'
import { failureFrom } from '../caller.ts'
import { hour } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'
import { signToken } from '../token.ts'

let signet: Signet
let shop: Shop

beforeEach(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  return () => signet.stop()
})

const project = () => ({ params: { project: shop.id } })
const read = async (limit = '200'): Promise<SignInRefusal[]> => {
  const asked = { ...project(), query: { limit } }
  return (await shop.owner.caller.call('GET /projects/:project/sign-in-log', asked)).refusals
}
const attempt = (token: string, origin?: string) =>
  signet.anybody
    .with(origin === undefined ? {} : { origin })
    .refusal('POST /projects/:project/visitor-sessions', { ...project(), body: { token } })
const wrong = () => signToken('not the secret', signet.clock)

test('[VS12] a token that is refused is in the log, with the origin and the key that signed it', async () => {
  await attempt(shop.token({ exp: undefined }), 'https://shop.example')
  expect(await read()).toEqual([
    {
      id: expect.any(String),
      at: signet.clock.ms,
      code: 'claim_missing',
      field: 'exp',
      hint: 'Add exp: the time of signing and 300 more, in seconds.',
      keyId: shop.keyId,
      origin: 'https://shop.example',
    },
  ])
})

test('[VS12][VT18] a spoilt secret is found out, and whoever sent the token learns nothing of it', async () => {
  const answer = await signet.anybody.send('POST', `/api/v1/projects/${shop.id}/visitor-sessions`, {
    token: signToken(`${shop.secret}\n`, signet.clock),
  })
  const told = failureFrom('spoilt', answer.status, await answer.json())
  const plain = await signet.anybody.send('POST', `/api/v1/projects/${shop.id}/visitor-sessions`, { token: wrong() })
  expect(failureFrom('wrong', plain.status, await plain.json())).toEqual(told)
  expect(told.message).toBe('The token was not signed with a key of this project.')
  const hints = (await read()).map(({ hint }) => hint)
  expect(hints).toContain('The secret has a line break at its end. Trim it after reading it from its file.')
})

test('[VS12] each kind of refusal has its code, its field and a hint', async () => {
  const old = shop.secret
  await shop.generate({})
  const seconds = signet.clock.seconds
  const tokens = [
    'junk',
    signToken(old, signet.clock),
    shop.token({ iat: signet.clock.ms }),
    shop.token({ iat: seconds + 7200, exp: seconds + 7300 }),
    shop.token({ exp: seconds + 3600 }),
    shop.token({ iat: seconds - 400, exp: seconds - 100 }),
    shop.token({ aud: 'another' }),
    shop.token({ external_id: 7 }),
    shop.token({ nonce: 'x' }),
  ]
  for (const token of tokens) {
    await attempt(token)
    signet.clock.advance(1)
  }
  const log = (await read()).reverse()
  expect(log.map(({ code, field }) => [code, field])).toEqual([
    ['token_malformed', null],
    ['secret_revoked', null],
    ['time_in_milliseconds', 'iat'],
    ['issued_in_future', null],
    ['lifetime_too_long', 'exp'],
    ['token_expired', null],
    ['audience_mismatch', 'aud'],
    ['claim_invalid', 'external_id'],
    ['nonce_mismatch', 'nonce'],
  ])
  for (const { hint } of log) expect(hint).toMatch(/^[A-Z0-9ae].{10,200}[.:]?.*$/)
})

test('[VS12][VS11] a website that is not allowed is in it, once it has sent a token', async () => {
  const allowed = { allowedOrigins: ['https://shop.example'] }
  await shop.owner.caller.call('PATCH /projects/:project', { ...project(), body: allowed })
  expect(await attempt(shop.token(), 'https://staging.shop.example')).toBe('origin_not_allowed')
  const anonymous = { ...project(), body: {} }
  const elsewhere = signet.anybody.with({ origin: 'https://staging.shop.example' })
  await elsewhere.refusal('POST /projects/:project/visitor-sessions', anonymous)
  expect(await read()).toMatchObject([
    {
      code: 'origin_not_allowed',
      origin: 'https://staging.shop.example',
      hint: 'If this website is yours, add it to the allowed origins in the settings.',
      keyId: null,
    },
  ])
})

test('[VS12] what is accepted is not in it, nor what was tried without a token', async () => {
  expect(await attempt(shop.token())).toBe('accepted')
  await shop.admit()
  expect(await read()).toEqual([])
})

test('[VS12][VS14] an address past its limit is not recorded any more', async () => {
  let codes: string[] = []
  for (let count = 0; count < 80; count++) {
    codes = [...codes, await attempt(wrong())]
    // As many a second as are taken down.
    if (count % 20 === 19) await read()
  }
  expect(codes.filter((code) => code === 'rate_limited').length).toBe(20)
  expect(await read()).toHaveLength(60)
  signet.clock.advance(2 * hour)
  await attempt(wrong())
  expect(await read()).toHaveLength(61)
})

test('[VS12] of other projects’ refusals nothing is in it', async () => {
  const other = await Shop.open(signet)
  await attempt(other.token())
  expect(await read()).toHaveLength(1)
  const asked = { params: { project: other.id }, query: {} }
  expect((await other.owner.caller.call('GET /projects/:project/sign-in-log', asked)).refusals).toEqual([])
})

test('[VS12] it says which secret would have done, when single use refuses a token', async () => {
  await shop.owner.caller.call('PATCH /projects/:project', { ...project(), body: { singleUseTokens: true } })
  const token = shop.token({ jti: 'once' })
  expect([await attempt(token), await attempt(token)]).toEqual(['accepted', 'token_replayed jti'])
  expect(await read()).toMatchObject([{ code: 'token_replayed', field: 'jti', keyId: shop.keyId }])
})

test('[VS12] what waits to be written is written when the server stops', async () => {
  const { mkdtempSync, rmSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const dataDir = mkdtempSync(join(tmpdir(), 'signet-log-'))
  const first = await Signet.start({ dataDir })
  const own = await Shop.open(first)
  const admit = { params: { project: own.id }, body: { token: 'junk' } }
  await first.anybody.refusal('POST /projects/:project/visitor-sessions', admit)
  await first.stop()
  const second = await Signet.start({ dataDir })
  const rows = await second.app.model.database.rows('select code from sign_in_refusals', [])
  expect(rows).toEqual([{ code: 'token_malformed' }])
  await second.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

import { expect, test } from 'vitest'
import { claimsWith, refusalOf, seconds, sign, signRaw, verify } from './signed-token.ts'

const claim = (name: string, value: unknown) => refusalOf(sign(claimsWith({ [name]: value })))

test.each([[42], [null], [''], [true], [['customer-42']], [{ id: 1 }], ['x'.repeat(256)]])(
  '[VT11] refuses the external_id %j',
  async (id) => {
    expect(await claim('external_id', id)).toBe('claim_invalid external_id')
  },
)

test.each(['1', 'x'.repeat(255), '../../etc/passwd', "'; drop table visitors; --", '__proto__', 'Zoë 🦊', ' '])(
  '[VT11] takes the external_id %j as it is',
  async (id) => {
    expect((await verify(sign(claimsWith({ external_id: id })))).externalId).toBe(id)
  },
)

test.each(['name', 'email', 'phone'])('[VT11] refuses a %s that is no text of at most 255 characters', async (name) => {
  expect(await claim(name, 42)).toBe(`claim_invalid ${name}`)
  expect(await claim(name, ['a@b.c'])).toBe(`claim_invalid ${name}`)
  expect(await claim(name, { toString: 'a@b.c' })).toBe(`claim_invalid ${name}`)
  expect(await claim(name, false)).toBe(`claim_invalid ${name}`)
  expect(await claim(name, `a@${'b'.repeat(253)}`)).toBe('accepted')
  expect(await claim(name, `a@${'b'.repeat(254)}`)).toBe(`claim_invalid ${name}`)
})

test.each(['ada', '@shop.test', 'ada@', 'ada@shop@test', 'ada @shop.test', 'Ada <ada@shop.test>', ' ada@shop.test'])(
  '[VT11] refuses the e-mail "%s"',
  async (email) => {
    expect(await claim('email', email)).toBe('claim_invalid email')
  },
)

test.each(['ada@shop.test', 'ada+chat@sub.shop.test', 'ada@localhost', 'zoë@bücher.example', "o'hara@shop.test"])(
  '[VT11] takes the e-mail "%s"',
  async (email) => {
    expect((await verify(sign(claimsWith({ email })))).email).toBe(email)
  },
)

test.each(['external_id', 'name', 'email', 'phone'])('[VT11] refuses control characters in %s', async (name) => {
  for (const control of ['\0', '\n', '\r', '\t', '\x1b', '\x7f', '\x85']) {
    expect(await claim(name, `a${control}@b`)).toBe(`claim_invalid ${name}`)
  }
})

test.each(['external_id', 'name', 'email', 'phone'])('[VT11] refuses lone surrogates in %s', async (name) => {
  for (const half of ['\\ud83e', '\\udd8a', '\\udd8a\\ud83e']) {
    const payload = JSON.stringify(claimsWith({ [name]: '?' })).replace('"?"', `"a${half}@b"`)
    expect(await refusalOf(signRaw('{"alg":"HS256"}', payload))).toBe(`claim_invalid ${name}`)
  }
})

test('[VT14] null, the empty text and no claim at all are the same', async () => {
  for (const nothing of [null, '', undefined]) {
    const claims = claimsWith({ name: nothing, email: nothing, phone: nothing })
    expect(await verify(sign(claims))).toMatchObject({ name: null, email: null, phone: null })
  }
})

test('[VT14] drops every other claim', async () => {
  const identity = await verify(
    sign(claimsWith({ role: 'owner', admin: true, id: 1, picture: 'x', scope: ['*'], iss: 'shop', sub: 'x' })),
  )
  expect(Object.keys(identity).sort()).toEqual([
    'attributes',
    'boundToBrowser',
    'email',
    'expiresAt',
    'externalId',
    'issuedAt',
    'name',
    'phone',
    'tokenId',
  ])
})

test('[VT14] a role has no effect, whatever it says', async () => {
  const plain = await verify(sign(claimsWith()))
  for (const role of ['owner', ['admin'], { agent: true }, null, 7]) {
    expect(await verify(sign(claimsWith({ role })))).toEqual(plain)
  }
})

test('[VT14] claims never reach a prototype', async () => {
  const own = `"external_id":"1","iat":${seconds},"exp":${seconds + 60}`
  const poison = '{"name":"Eve","email":"eve@evil.test","polluted":true}'
  const payload = `{${own},"__proto__":${poison},"constructor":{"prototype":${poison}}}`
  const identity = await verify(signRaw('{"alg":"HS256"}', payload))
  expect(identity).toMatchObject({ externalId: '1', name: null, email: null })
  expect('polluted' in identity || 'polluted' in {}).toBe(false)
})

test('[VT14] claims are not taken from a prototype', async () => {
  const payload = `{"__proto__":{"external_id":"1","iat":${seconds},"exp":${seconds + 60}}}`
  expect(await refusalOf(signRaw('{"alg":"HS256"}', payload))).toBe('claim_missing external_id')
})

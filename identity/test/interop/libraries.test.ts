import { SignJWT } from 'jose'
import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { createSharedSecret, importSharedSecret } from '../../shared-secret.ts'
import { verify } from '../signed-token.ts'

const { secret } = createSharedSecret()
const keys = [{ id: 'fresh', algorithm: 'HS256', key: importSharedSecret(secret), state: 'live' }] as const

test('[VT17] the documented sample of jsonwebtoken works unchanged', async () => {
  const iat = Math.floor(Date.now() / 1000)
  const payload = { name: 'Ada Lovelace', email: 'ada@shop.test', iat, exp: iat + 600, external_id: '42' }
  const token = jwt.sign(payload, secret)
  expect(await verify(token, { keys, now: Date.now() })).toMatchObject({
    externalId: '42',
    name: 'Ada Lovelace',
    email: 'ada@shop.test',
    issuedAt: iat * 1000,
    expiresAt: (iat + 600) * 1000,
  })
})

test('[VT17] jsonwebtoken works with its own options for times, kid, audience and id', async () => {
  const token = jwt.sign({ external_id: '42' }, secret, {
    expiresIn: '5m',
    keyid: 'fresh',
    audience: 'https://chat.shop.test/projects/p',
    jwtid: 'once',
    notBefore: 0,
  })
  const project = { id: 'p', legacyId: null }
  expect(await verify(token, { keys, project, now: Date.now() })).toMatchObject({ externalId: '42', tokenId: 'once' })
})

test('[VT17] jose works with the secret as bytes of its text', async () => {
  const token = await new SignJWT({ external_id: '42', name: 'Zoë' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(secret))
  expect(await verify(token, { keys, now: Date.now() })).toMatchObject({ externalId: '42', name: 'Zoë' })
})

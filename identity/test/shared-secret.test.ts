import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSharedSecret, importSharedSecret } from '../shared-secret.ts'

test('[SS2] a secret is sgn_ and 32 random bytes in base64url', () => {
  const { secret, last4 } = createSharedSecret()
  expect(secret).toMatch(/^sgn_[A-Za-z0-9_-]{43}$/)
  expect(Buffer.from(secret.slice(4), 'base64url')).toHaveLength(32)
  expect(last4).toBe(secret.slice(43))
  expect(createSharedSecret().secret).not.toBe(secret)
})

test('[SS2] the key is the bytes of the whole string', async () => {
  const { secret } = createSharedSecret()
  const data = new TextEncoder().encode('header.payload')
  const key = await importSharedSecret(secret)
  const signed = (bytes: string | Buffer) => createHmac('sha256', bytes).update(data).digest()
  expect(await crypto.subtle.verify('HMAC', key, signed(secret), data)).toBe(true)
  expect(await crypto.subtle.verify('HMAC', key, signed(secret.slice(4)), data)).toBe(false)
  expect(await crypto.subtle.verify('HMAC', key, signed(Buffer.from(secret.slice(4), 'base64url')), data)).toBe(false)
})

test('[SS3] an imported secret can verify, and can neither sign nor be read again', async () => {
  const key = await importSharedSecret(createSharedSecret().secret)
  expect(key).toMatchObject({ extractable: false, usages: ['verify'], type: 'secret' })
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  await expect(crypto.subtle.sign('HMAC', key, new Uint8Array(1))).rejects.toThrow()
})

test('an empty secret is refused, because anybody has it', async () => {
  await expect(importSharedSecret('')).rejects.toBeInstanceOf(RangeError)
})

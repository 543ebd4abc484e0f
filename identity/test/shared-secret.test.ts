import { createHmac } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createSharedSecret, importSharedSecret } from '../shared-secret.ts'

test('[SS2] a secret is sgn_ and 32 random bytes in base64url', () => {
  const { secret, last4 } = createSharedSecret()
  expect(secret).toMatch(/^sgn_[A-Za-z0-9_-]{43}$/)
  expect(Buffer.from(secret.slice(4), 'base64url')).toHaveLength(32)
  expect(last4).toBe(secret.slice(43))
  expect(createSharedSecret().secret).not.toBe(secret)
})

const data = 'header.payload'
const sign = (bytes: string | Buffer) => createHmac('sha256', bytes).update(data).digest()

test('[SS2] the key is the bytes of the whole string', () => {
  const { secret } = createSharedSecret()
  const verifies = importSharedSecret(secret)
  expect(verifies(data, sign(secret))).toBe(true)
  expect(verifies(data, sign(secret.slice(4)))).toBe(false)
  expect(verifies(data, sign(Buffer.from(secret.slice(4), 'base64url')))).toBe(false)
})

test('[VT5] a signature that is shorter, longer or another in one bit is none', () => {
  const { secret } = createSharedSecret()
  const verifies = importSharedSecret(secret)
  const good = sign(secret)
  const lengths = [0, 1, 16, 31].map((length) => good.subarray(0, length))
  const longer = Buffer.concat([good, Buffer.from([0])])
  const flipped = Array.from({ length: 256 }, (_, bit) => {
    const other = Buffer.from(good)
    other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return other
  })
  for (const bad of [...lengths, longer, ...flipped]) expect(verifies(data, bad)).toBe(false)
  expect(verifies(`${data} `, good)).toBe(false)
})

test('[SS3] an imported secret can verify, and can neither sign nor be read again', () => {
  const { secret } = createSharedSecret()
  const verifies = importSharedSecret(secret)
  expect(inspect(verifies, { showHidden: true, depth: null })).not.toContain(secret.slice(4))
  expect(String(verifies)).not.toContain(secret.slice(4))
  expect(Object.getOwnPropertyNames(verifies).toSorted()).toEqual(['length', 'name'])
})

test('an empty secret is refused, because anybody has it', () => {
  expect(() => importSharedSecret('')).toThrow(RangeError)
})

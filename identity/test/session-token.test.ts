import { expect, test } from 'vitest'
import { createSessionToken, hashSessionToken } from '../session-token.ts'

test('[VS1] a session is 32 random bytes, and its hash says nothing of them', () => {
  const { token, hash } = createSessionToken()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(hash).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(hash).not.toBe(token)
  expect(createSessionToken().token).not.toBe(token)
})

test('[VS1] a session is found by its hash', () => {
  const { token, hash } = createSessionToken()
  expect(hashSessionToken(token)).toBe(hash)
  expect(hashSessionToken(`${token}=`)).not.toBe(hash)
  expect(hashSessionToken('')).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU')
})

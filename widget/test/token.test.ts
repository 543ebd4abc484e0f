import { expect, test } from 'vitest'
import { bareToken, claimedIdentity } from '../token.ts'
import { tokenFor } from './fake-server.ts'

test('[VT15] any number of prefixes is stripped, in any case', () => {
  expect(bareToken(' JWT Bearer jwt\ta.b.c ')).toBe('a.b.c')
  expect(bareToken('a.b.c')).toBe('a.b.c')
})

test('reads whom a token claims to be for, in letters beyond ASCII too', () => {
  expect(claimedIdentity(tokenFor('Zoë 張'))).toBe('Zoë 張')
})

test('[VT16] the later form has its identity in _id', () => {
  const payload = Buffer.from('{"_id":"p1_17"}').toString('base64url')
  expect(claimedIdentity(`h.${payload}.s`)).toBe('p1_17')
})

test('what is no token claims nobody', () => {
  for (const nonsense of ['', 'a', 'a.b.c', `a.${btoa('[]')}.c`, `a.${btoa('{"external_id":7}')}.c`]) {
    expect(claimedIdentity(nonsense)).toBeUndefined()
  }
})

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { seal, unseal } from '../../keys/seal.ts'

const key = randomBytes(32)

test('[SS4] a sealed secret opens with its key, in its context', () => {
  expect(unseal(key, seal(key, 'sgn_päßword', 'project:key'), 'project:key')).toBe('sgn_päßword')
})

test('[SS4] the same secret is never sealed the same way twice', () => {
  expect(seal(key, 'secret', 'a')).not.toBe(seal(key, 'secret', 'a'))
})

test('[SS4] it is bound to project and key: copied elsewhere it does not open', () => {
  expect(unseal(key, seal(key, 'secret', 'project:key'), 'project:other')).toBeUndefined()
})

test('[SS4] it does not open with another key', () => {
  expect(unseal(randomBytes(32), seal(key, 'secret', 'a'), 'a')).toBeUndefined()
})

test('[SS4] it does not open when a single character has changed', () => {
  const sealed = seal(key, 'secret', 'a')
  for (let at = 3; at < sealed.length; at++) {
    if (sealed[at] === '.') continue
    const bits = Buffer.from(sealed)
    bits[at] = sealed[at] === 'A' ? 66 : 65
    const changed = bits.toString()
    // The last character of a part may carry bits that mean nothing.
    if (sameBytes(changed, sealed)) continue
    expect(unseal(key, changed, 'a')).toBeUndefined()
  }
})

test.each(['', 'v1', 'v1..', 'v1...', 'v2.a.b.c', 'not sealed at all'])('[SS4] it is not "%s"', (text) => {
  expect(unseal(key, text, 'a')).toBeUndefined()
})

test('[SS4] a shortened tag does not open it', () => {
  const [version, nonce, tag = '', text] = seal(key, 'secret', 'a').split('.')
  const short = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url')
  expect(unseal(key, [version, nonce, short, text].join('.'), 'a')).toBeUndefined()
})

function sameBytes(one: string, other: string): boolean {
  const bytes = (text: string) =>
    text
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('hex'))
      .join('.')
  return bytes(one) === bytes(other)
}

import { expect, test } from 'vitest'
import { consequence } from '../pages/settings/visitor-authentication/consequence.ts'

test.each([
  [
    [{ connected: 14, sessions: 41 }],
    '14 people are connected through this secret; they will be signed out. In all, 41 sessions will end.',
  ],
  [
    [{ connected: 1, sessions: 1 }],
    '1 person is connected through this secret; they will be signed out. In all, 1 session will end.',
  ],
  [[{ connected: 0, sessions: 3 }], 'Nobody is connected through this secret; 3 sessions will end.'],
  [[{ connected: 0, sessions: 0 }], 'Nobody is signed in through this secret.'],
  [
    [
      { connected: 2, sessions: 3 },
      { connected: 1, sessions: 1 },
    ],
    '3 people are connected through these 2 secrets; they will be signed out. In all, 4 sessions will end.',
  ],
])('[SS7] revoking %j is told as: %s', (secrets, sentence) => {
  expect(consequence(secrets)).toBe(sentence)
})

test('[SS7] [SS8] deleting a public key is told in the same way', () => {
  expect(consequence([{ connected: 2, sessions: 5 }], 'key')).toBe(
    '2 people are connected through this key; they will be signed out. In all, 5 sessions will end.',
  )
})

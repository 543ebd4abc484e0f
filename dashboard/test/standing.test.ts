import { expect, test } from 'vitest'
import { proofSentence, standingOf, standingSentence, standingWords, visitorName } from '../parts/standing.ts'
import { clock } from '../parts/time.ts'
import { id, message, now, visitor } from './records.ts'

const verification = visitor().verification
const unsigned = { externalId: null, verification: null }

test('[AG3] verified now says through which key and when', () => {
  expect(standingSentence(visitor(), now)).toBe(`Verified: signed in through key …3f9a at ${clock(now - 60_000)}`)
})

test('[AG3] [VS9] a verified visitor whose session has run out shows as verified earlier', () => {
  const ada = visitor()
  expect(standingOf(ada, now)).toBe('verified')
  expect(standingOf(ada, now + 3_600_000)).toBe('verified_earlier')
  expect(standingSentence(ada, now + 40 * 3_600_000)).toBe('Verified earlier: last signed in on 22 November')
})

test('[AG3] verified without a record of how is never shown as verified now', () => {
  expect(standingOf(visitor({ verification: null }), now)).toBe('verified_earlier')
})

test('[AG3] a claimed name says who typed it', () => {
  expect(standingSentence(visitor({ identity: 'claimed', ...unsigned }), now)).toBe(
    'Not verified: name and e-mail were typed by the visitor',
  )
  expect(standingSentence(visitor({ identity: 'claimed', email: null, ...unsigned }), now)).toBe(
    'Not verified: the name was typed by the visitor',
  )
})

test('[AG3] whoever claims a verified person’s e-mail shows as not verified as that person', () => {
  const mallory = visitor({ identity: 'claimed', ...unsigned, notVerifiedAs: '✅ Ada Lovelace' })
  expect(standingSentence(mallory, now)).toBe('Not verified as Ada Lovelace')
})

test('[AG3] where there is little room, two words say as much', () => {
  const ada = visitor()
  expect(standingWords(ada, now)).toBe(`Verified at ${clock(now - 60_000)}`)
  expect(standingWords(ada, now + 3_600_000)).toBe('Verified earlier')
  expect(standingWords(visitor({ identity: 'claimed', ...unsigned }), now)).toBe('Not verified')
  const nobody = visitor({ identity: 'anonymous', name: null, ...unsigned })
  expect(standingWords(nobody, now)).toBe('Anonymous visitor')
  expect(standingWords({ ...nobody, notVerifiedAs: 'Ada Lovelace' }, now)).toBe('Not verified')
})

test('[AG3] nobody in particular is an anonymous visitor', () => {
  const nobody = visitor({ identity: 'anonymous', name: null, email: null, ...unsigned })
  expect(standingSentence(nobody, now)).toBe('Anonymous visitor')
  expect(visitorName(nobody)).toBe('Visitor 0001')
})

test('a visitor whose name is only ornaments goes by his e-mail', () => {
  expect(visitorName(visitor({ name: '✅✅', verification }))).toBe('ada@example.com')
})

test('[VS9] a message says how its author was verified when it was written', () => {
  const at = clock(now - 60_000)
  expect(proofSentence(message(), visitor(), now)).toBe(
    `Verified when written: signed in through key …3f9a today at ${at}`,
  )
  const elsewhere = message({ verification: { keyId: id(91), issuedAt: now, verifiedAt: now - 60_000 } })
  expect(proofSentence(elsewhere, visitor(), now)).toBe(
    `Verified when written: signed in through another key today at ${at}`,
  )
})

test('[VS9] [VS7] what was written before the sign-in says so for good', () => {
  const before = message({ verification: null, createdAt: now - 120_000 })
  expect(proofSentence(before, visitor(), now)).toBe('Not verified: written before sign-in')
  const after = message({ verification: null, createdAt: now })
  expect(proofSentence(after, visitor(), now)).toBe('Not verified: written without signing in')
})

test('[VS9] a message of somebody whom no token ever named says what is to be said of him', () => {
  const mia = visitor({ identity: 'claimed', email: null, ...unsigned })
  expect(proofSentence(message({ verification: null }), mia, now)).toBe(
    'Not verified: the name was typed by the visitor',
  )
})

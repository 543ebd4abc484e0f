/** A short round; the long one is `bin/fuzz`. */
import { expect, test } from 'vitest'
import { readCorpus } from '../corpus.ts'
import { caseAt, runRound } from '../round.ts'

test('[HT1] [HT3] whatever is sent, the server lives, answers in time, and refuses by code', {
  timeout: 240_000,
}, async () => {
  const verdict = await runRound({
    seed: 1,
    frames: 12_000,
    bodies: 4_000,
    corpus: readCorpus(),
    tell() {},
  })
  expect(verdict.findings).toEqual([])
  // A round that never gets beyond the door would find nothing either.
  for (const name of ['frame ack', 'frame welcome', 'http 200', 'http 201']) {
    expect(verdict.outcomes[name], name).toBeGreaterThan(20)
  }
})

test('the same seed makes the same inputs', () => {
  const some = (seed: number) =>
    Array.from({ length: 50 }, (_none, at) => [caseAt(seed, 'frames', at), caseAt(seed, 'bodies', at)])
  expect(some(3)).toEqual(some(3))
  expect(some(3)).not.toEqual(some(4))
})

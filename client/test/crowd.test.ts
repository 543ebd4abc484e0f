/**
 * Ten thousand clients of one node that stops, or dies: when each of them comes back. Every client is the real
 * connection, on one clock that a heap of timers moves, and with chance from a seed.
 */
import { expect, test } from 'vitest'
import { Seeded } from '../../faults/seeded.ts'
import { returnAfterMs } from '../../server/live/moving.ts'
import { createConnection } from '../connection.ts'
import type { SocketEvents } from '../socket.ts'
import { type CrowdClock, crowdClock } from './crowd-clock.ts'
import { welcome } from './records.ts'

const clients = 10_000
const windowMs = 100

interface Attempt {
  client: number
  at: number
  /** From 1. */
  number: number
}

interface Fate {
  /** How the clients learn that their node is gone. */
  ending: 'bye' | 'crash'
  /** For how long nobody can be admitted afterwards. */
  awayMs: number
  /** What the server's `bye` names. */
  byeMs?: (random: () => number) => number
}

/** Lets all of them be connected for a while, ends the node, and gives every attempt from then until all are back. */
function attemptsAfter(
  { ending, awayMs, byeMs = (chance) => returnAfterMs(clients, chance) }: Fate,
  random: () => number,
): Attempt[] {
  const clock = crowdClock()
  const crowd = Array.from({ length: clients }, (_, client) => newClient(clock, client, random))
  for (const client of crowd) client.admit()
  // Long enough that each has pinged once.
  clock.advance(25_000)
  const end = clock.now()
  for (const client of crowd) {
    client.attempts = 0
    client.backAt = end + awayMs
    if (ending === 'bye') client.hear({ type: 'bye', retryAfterMs: byeMs(random) })
    else client.events?.closed(1006)
  }
  clock.advance(awayMs + 60_000)
  expect(crowd.every(({ connection }) => connection.state.get() === 'open')).toBe(true)
  return crowd.flatMap(({ tried }) => tried).map((attempt) => ({ ...attempt, at: attempt.at - end }))
}

function newClient(clock: CrowdClock, client: number, random: () => number) {
  const own = {
    attempts: 0,
    backAt: 0,
    tried: [] as Attempt[],
    events: undefined as SocketEvents | undefined,
    hear(frame: object) {
      own.events?.received(JSON.stringify(frame))
    },
    admit() {
      own.connection.start()
      own.tried = []
    },
    connection: createConnection({
      url: '',
      hello: () => ({ project: 'p' }),
      onFrame: () => {},
      clock,
      random,
      wake: () => () => {},
      hidden: () => false,
      openSocket(_url, events) {
        own.events = events
        own.tried.push({ client, at: clock.now(), number: ++own.attempts })
        const isBack = clock.now() >= own.backAt
        clock.after(1, () => {
          if (!isBack) return events.closed(1006)
          events.opened()
          own.hear(welcome())
        })
        return {
          send: (text) => void (text.includes('ping') && clock.after(1, () => own.hear({ type: 'pong' }))),
          close() {},
        }
      },
    }),
  }
  return own
}

/** The largest share of the crowd that knocks within any window. */
function densest(attempts: Attempt[]): number {
  const times = attempts.map(({ at }) => at).sort((a, b) => a - b)
  let most = 0
  for (let first = 0, last = 0; last < times.length; last++) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= windowMs) first++
    most = Math.max(most, last - first + 1)
  }
  return most / clients
}

const numbered = (attempts: Attempt[], number: number) => attempts.filter((attempt) => attempt.number === number)

const meanOf = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length

/** When each was back, that is at its last attempt. */
function returns(attempts: Attempt[]): number[] {
  return [...Map.groupBy(attempts, ({ client }) => client).values()].map((own) => own.at(-1)?.at ?? 0)
}

function chance(seed: number): () => number {
  const seeded = new Seeded(seed)
  return () => seeded.next()
}

/** Of ten thousand in a tenth of a second: 300. A node that does nothing else admits two to three hundred. */
const bearable = 0.03

test('[DL8] ten thousand clients who are told to move come back spread, and soon', () => {
  const attempts = attemptsAfter({ ending: 'bye', awayMs: 0 }, chance(1))
  expect(densest(attempts)).toBeLessThan(bearable)
  expect(meanOf(returns(attempts))).toBeLessThan(4_500)
  expect(Math.max(...returns(attempts))).toBeLessThanOrEqual(10_000)
})

test('[DL8] even a node that names the same time to all does not bring them back together', () => {
  const attempts = attemptsAfter({ ending: 'bye', awayMs: 0, byeMs: () => 3_000 }, chance(2))
  expect(densest(attempts)).toBeLessThan(0.04)
})

test('[DL9] ten thousand clients of a node that died come back spread, and soon', () => {
  const attempts = attemptsAfter({ ending: 'crash', awayMs: 0 }, chance(3))
  expect(densest(attempts)).toBeLessThan(bearable)
  expect(meanOf(returns(attempts))).toBeLessThan(3_000)
  expect(Math.max(...returns(attempts))).toBeLessThanOrEqual(5_000)
})

test('[DL8][DL9] nor do they meet at later attempts, while nobody answers for a while', () => {
  for (const ending of ['bye', 'crash'] as const) {
    const attempts = attemptsAfter({ ending, awayMs: 8_000 }, chance(4))
    for (const number of [1, 2, 3]) expect(densest(numbered(attempts, number))).toBeLessThan(bearable)
    // All attempts together: nor is the server that comes back overrun.
    expect(densest(attempts)).toBeLessThan(2 * bearable)
    expect(meanOf(returns(attempts))).toBeLessThan(20_000)
  }
})

test('without chance they would all come at once, and this would be seen', () => {
  const attempts = attemptsAfter({ ending: 'crash', awayMs: 8_000 }, () => 1)
  for (const number of [1, 2]) expect(densest(numbered(attempts, number))).toBe(1)
})

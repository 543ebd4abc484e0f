/** A short round of each stack; the long ones are `bin/faults`. */
import { expect, test } from 'vitest'
import { inWords } from '../check/finding.ts'
import { type RoundOptions, runRound, type Verdict } from '../round.ts'
import { findRedis } from '../stack/redis.ts'

async function short(options: Pick<RoundOptions, 'stack' | 'faults' | 'only'>): Promise<Verdict> {
  return runRound({ seed: 1, seconds: 7, visitors: 10, ...options })
}

function expectSound(verdict: Verdict): void {
  expect(verdict.findings.map(inWords)).toEqual([])
  expect([...verdict.deaths, ...verdict.failures]).toEqual([])
  expect(verdict.acked).toBeGreaterThan(20)
  expect(verdict.resumed).toBeGreaterThan(5)
}

test('[DL1] [DL2] [DL3] [DL4] [DL8] [SS6] one file: nothing is lost, doubled or shown to the wrong when nodes, wires and rights are cut', async () => {
  expectSound(
    await short({
      stack: 'sqlite',
      faults: 16,
      only: [
        'kill -9 a node',
        'cut a socket in mid-frame',
        'cut every connection',
        'fill the disk',
        'rotate the secret',
        'change a role',
        'take a conversation away',
      ],
    }),
  )
})

test.skipIf(!findRedis())(
  '[DL9] [VS16] many nodes: nothing is lost, doubled or shown to the wrong when nodes, bus and database fail',
  async () => {
    expectSound(
      await short({
        stack: 'cluster',
        faults: 16,
        only: [
          'kill -9 a node',
          'cut a socket in mid-frame',
          'drop bus messages',
          'double bus messages',
          'delay bus messages',
          'restart PostgreSQL at once',
          'fill the disk',
          'rotate the secret',
          'sign somebody out',
        ],
      }),
    )
  },
)

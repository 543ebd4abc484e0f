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

test('[DL1] [DL2] [DL3] [DL4] [DL8] one file: nothing is lost or doubled when the node is killed and wires are cut', async () => {
  expectSound(
    await short({
      stack: 'sqlite',
      faults: 14,
      only: ['kill -9 a node', 'cut a socket in mid-frame', 'cut every connection', 'fill the disk'],
    }),
  )
})

test.skipIf(!findRedis())(
  '[DL9] many nodes: nothing is lost or doubled when nodes, bus and database fail',
  async () => {
    expectSound(
      await short({
        stack: 'cluster',
        faults: 14,
        only: [
          'kill -9 a node',
          'cut a socket in mid-frame',
          'drop bus messages',
          'double bus messages',
          'delay bus messages',
          'restart PostgreSQL at once',
        ],
      }),
    )
  },
)

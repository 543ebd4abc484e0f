import { expect, test } from 'vitest'
import { type Plan, schedule } from '../schedule.ts'

const plan: Plan = { seed: 7, stack: 'cluster', faults: 300, seconds: 100 }

test('the same seed gives the same schedule, another one another', () => {
  expect(schedule(plan)).toEqual(schedule(plan))
  expect(schedule(plan)).not.toEqual(schedule({ ...plan, seed: 8 }))
})

test('faults come in the order of time, within the round', () => {
  const times = schedule(plan).map(({ atMs }) => atMs)
  expect(times).toHaveLength(300)
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(times.at(-1)).toBeLessThan(100_000)
})

test('one file has no bus that could fail', () => {
  const kinds = (stack: Plan['stack']) =>
    new Set<string>(schedule({ ...plan, stack, faults: 2_000 }).map(({ kind }) => kind))
  expect(kinds('sqlite')).not.toContain('cut the bus')
  expect(kinds('cluster')).toContain('restart PostgreSQL at once')
  for (const stack of ['sqlite', 'cluster'] as const) {
    for (const kind of ['fill the disk', 'stop reading', 'rotate the secret', 'change a role']) {
      expect(kinds(stack)).toContain(kind)
    }
  }
})

test('only the kinds that were asked for', () => {
  const only = schedule({ ...plan, stack: 'sqlite', only: ['cut the bus', 'fill the disk'] })
  expect(new Set(only.map(({ kind }) => kind))).toEqual(new Set(['fill the disk']))
})

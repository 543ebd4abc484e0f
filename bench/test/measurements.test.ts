import { afterAll, expect, test } from 'vitest'
import { type Database, Databases } from '../databases.ts'
import { growthTable } from '../growth.ts'
import { growths, measurements } from '../measurements.ts'
import { type Scale, table } from '../row.ts'

const tiny = {
  rounds: 1,
  seconds: 0.1,
  conversations: 4,
  senders: 2,
  sockets: 4,
  perSecond: 100,
  idleSockets: 10,
  revokedSockets: 5,
  messageCounts: [3, 20],
  conversationCounts: [1, 3],
  socketCounts: [2, 4],
  partOfTimes: 0.01,
}

const databases = new Databases()
afterAll(() => databases.stop())

function each<Found>(all: { name: string; on: 'each' | 'one'; measure: Measure<Found> }[]) {
  return all.flatMap(({ name, on, measure }) =>
    (on === 'each' ? databases.all : databases.all.slice(0, 1)).map((database) => ({
      name,
      on: database.name,
      take: () => measure(tiny, database),
    })),
  )
}

type Measure<Found> = (scale: Scale, database: Database) => Promise<Found>

// What a figure is, depends on the machine and on who else uses it: here it only has to be one.
// Sizes are of what is built, which a test run may not have.
test.concurrent.each(each(measurements.filter(({ name }) => name !== 'sizes')))(
  '$name gives figures on $on',
  { timeout: 120_000 },
  async ({ take }) => {
    const rows = await take()
    expect(rows.length).toBeGreaterThan(0)
    expect(table(rows)).not.toMatch(/NaN|Infinity|undefined/)
    for (const { ours } of rows) expect(ours).toMatch(/[0-9]/)
  },
)

test.concurrent.each(each(growths))('$name gives figures on $on', { timeout: 120_000 }, async ({ take }) => {
  const grown = await take()
  expect(grown.length).toBeGreaterThan(0)
  expect(growthTable(grown)).not.toMatch(/NaN|Infinity|undefined/)
})

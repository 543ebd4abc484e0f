import { afterAll, expect, test } from 'vitest'
import { Databases } from '../databases.ts'
import { measurements } from '../measurements.ts'
import { table } from '../row.ts'

const tiny = {
  rounds: 1,
  seconds: 0.1,
  conversations: 4,
  senders: 2,
  sockets: 4,
  perSecond: 100,
  idleSockets: 10,
  revokedSockets: 5,
}

const databases = new Databases()
afterAll(() => databases.stop())

const each = measurements.flatMap(({ name, on, measure }) =>
  (on === 'each' ? databases.all : databases.all.slice(0, 1)).map((database) => ({
    name,
    on: database.name,
    take: () => measure(tiny, database),
  })),
)

// What a figure is, depends on the machine and on who else uses it: here it only has to be one.
test.concurrent.each(each)('$name gives figures on $on', { timeout: 120_000 }, async ({ take }) => {
  const rows = await take()
  expect(rows.length).toBeGreaterThan(0)
  expect(table(rows)).not.toMatch(/NaN|Infinity|undefined/)
  for (const { ours } of rows) expect(ours).toMatch(/[0-9]/)
})

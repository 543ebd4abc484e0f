import { expect, test } from 'vitest'
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

// What a figure is, depends on the machine and on who else uses it: here it only has to be one.
test.concurrent.each(measurements)('$name gives figures', { timeout: 60_000 }, async ({ measure }) => {
  const rows = await measure(tiny)
  expect(rows.length).toBeGreaterThan(0)
  expect(table(rows)).not.toMatch(/NaN|Infinity|undefined/)
  for (const { ours } of rows) expect(ours).toMatch(/[0-9]/)
})

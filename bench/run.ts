/** The program behind bin/bench: measures what it is asked for, one row after the other, and prints the tables. */
import { parseArgs } from 'node:util'
import { type Database, Databases } from './databases.ts'
import { growths, measurements, pageCost } from './measurements.ts'
import { Results } from './results.ts'
import { full, quick } from './scales.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    database: { type: 'string' },
    lighthouse: { type: 'boolean', default: false },
  },
})
// Alone unless the whole is to be written: it needs a program and a browser that nothing else here does.
if (values.lighthouse && (!values.write || positionals.length > 0)) positionals.push(pageCost.name)
const taken = values.lighthouse ? [...measurements, pageCost] : measurements
const names = [...taken, ...growths].map(({ name }) => name)
const unknown = positionals.find((name) => !names.includes(name))
if (unknown) {
  console.error(`There is no row "${unknown}". There are: ${names.join(', ')}.`)
  process.exit(1)
}

const databases = new Databases()
const results = new Results()
const scale = values.quick ? quick : full
for (const measurement of taken) {
  await onEach(measurement, async (database) => {
    const rows = await measurement.measure(scale, database)
    results.addRows(measurement.section ?? database.name, rows)
  })
}
for (const growth of growths) {
  await onEach(growth, async (database) => results.addGrowths(await growth.measure(scale, database)))
}
await databases.stop()
process.stdout.write(`\n${results.text()}`)
// The file holds whole runs only.
const whole = positionals.length === 0 && values.database === undefined
if (values.write && whole && !process.exitCode) results.write(import.meta.dirname)

async function onEach({ name, on }: { name: string; on: 'each' | 'one' }, take: (on: Database) => Promise<void>) {
  if (positionals.length > 0 && !positionals.includes(name)) return
  for (const database of on === 'each' ? databases.all : databases.all.slice(0, 1)) {
    if (values.database === undefined || values.database === database.name.toLowerCase()) {
      await timed(`${name}, ${database.name}`, () => take(database))
    }
  }
}

async function timed(what: string, take: () => Promise<void>): Promise<void> {
  process.stderr.write(`${what}… `)
  const began = performance.now()
  try {
    await take()
    process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s\n`)
  } catch (error) {
    // The other rows are still worth having.
    console.error(error)
    process.exitCode = 1
  }
}

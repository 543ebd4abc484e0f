/** The program behind bin/bench: measures what it is asked for, one row after the other, and prints the table. */
import { parseArgs } from 'node:util'
import { type Database, Databases } from './databases.ts'
import { measurements } from './measurements.ts'
import { type Measurement, type Row, type Scale, table } from './row.ts'
import { full, quick } from './scales.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    database: { type: 'string' },
  },
})
const unknown = positionals.find((name) => !measurements.some((each) => each.name === name))
if (unknown) {
  console.error(`There is no row "${unknown}". There are: ${measurements.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}

const databases = new Databases()
const sections = new Map<string, Row[]>()
const scale: Scale = values.quick ? quick : full
for (const measurement of measurements) {
  if (positionals.length > 0 && !positionals.includes(measurement.name)) continue
  const on = measurement.on === 'each' ? databases.all : databases.all.slice(0, 1)
  for (const database of on) {
    if (values.database && values.database !== database.name.toLowerCase()) continue
    await take(measurement, database)
  }
}
await databases.stop()

for (const [title, rows] of sections) process.stdout.write(`\n## ${title}\n\n${table(rows)}\n`)

async function take({ name, measure, section }: Measurement, database: Database): Promise<void> {
  process.stderr.write(`${name}, ${database.name}… `)
  const began = performance.now()
  try {
    const rows = await measure(scale, database)
    const title = section ?? database.name
    sections.set(title, [...(sections.get(title) ?? []), ...rows])
    process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s\n`)
  } catch (error) {
    // The other rows are still worth having.
    console.error(error)
    process.exitCode = 1
  }
}

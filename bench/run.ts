/** The program behind bin/bench: measures what it is asked for, one row after the other, and prints the table. */
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measurements } from './measurements.ts'
import { type Row, type Scale, table } from './row.ts'

const full: Scale = {
  rounds: 5,
  seconds: 3,
  conversations: 500,
  senders: 200,
  sockets: 1_000,
  perSecond: 1_000,
  idleSockets: 5_000,
  revokedSockets: 10_000,
}
const quick: Scale = { ...full, rounds: 3, seconds: 1, idleSockets: 2_000, revokedSockets: 2_000 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})
const unknown = positionals.find((name) => !measurements.some((each) => each.name === name))
if (unknown) {
  console.error(`There is no row "${unknown}". There are: ${measurements.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}

const rows: Row[] = []
for (const { name, measure } of measurements) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  process.stderr.write(`${name}… `)
  const began = performance.now()
  try {
    rows.push(...(await measure(values.quick ? quick : full)))
    process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s\n`)
  } catch (error) {
    // The other rows are still worth having.
    console.error(error)
    process.exitCode = 1
  }
}

const text = `${table(rows)}\n`
process.stdout.write(`\n${text}`)
// The file holds whole runs only.
if (values.write && positionals.length === 0 && !process.exitCode)
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), results(text))

function results(text: string): string {
  const day = new Date().toISOString().slice(0, 10)
  return `# What Signet does beside what this machine can do

Written by \`bin/bench --write\` on ${day}: ${availableParallelism()} cores, Node ${process.version}. In brackets
stands the limit: a bare program that does only the unavoidable part of the same work. Both are measured in turn in
one run, each figure is a median, and the ratio is the median of the pairs' ratios. Absolute figures wander with the
machine; the ratios are what counts. The load shares the cores with what is measured.

${text}`
}

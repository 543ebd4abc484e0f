/** What a run has found, as text, and as bench/RESULTS.md. */
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { type Growth, growthTable } from './growth.ts'
import { type Row, table } from './row.ts'

export class Results {
  #rows = new Map<string, Row[]>()
  #growths = new Map<string, Growth[]>()

  addRows(section: string, rows: Row[]): void {
    this.#rows.set(section, [...(this.#rows.get(section) ?? []), ...rows])
  }

  addGrowths(growths: Growth[]): void {
    for (const growth of growths) this.#growths.set(growth.axis, [...(this.#growths.get(growth.axis) ?? []), growth])
  }

  text(): string {
    const rows = [...this.#rows].map(([section, own]) => `## ${section}\n\n${table(own)}\n`)
    const growths = [...this.#growths.values()].map((own) => `${growthTable(own)}\n`)
    return [...rows, ...(growths.length > 0 ? ['## As the work grows\n', ...growths] : [])].join('\n')
  }

  write(): void {
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), `${preface()}\n${this.text()}`)
  }
}

function preface(): string {
  const day = new Date().toISOString().slice(0, 10)
  const [cpu] = cpus()
  const machine = `${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`
  return `# What Signet does beside what this machine can do

Written by \`bin/bench --write\` on ${day}: ${machine}.
`
}

/** What a run has found: as text, and as bench/RESULTS.md with its chart. */
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { type ChartBar, chart, type Panel } from './chart.ts'
import { type Growth, growthTable, isFlat, ratioOf, sizeText } from './growth.ts'
import { type Bar, percent, type Row, table } from './row.ts'

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
    return [...rows, ...(growths.length > 0 ? [`## As the work grows\n\n${aboutGrowth}\n`, ...growths] : [])].join('\n')
  }

  chart(): string {
    const bars = (of: Bar['of']) => [...this.#rows].flatMap(([section, rows]) => barsOf(section, rows, of))
    const panels: Panel[] = [
      {
        title: 'A part of what a bare program reaches on this machine',
        hint: 'More is better; the mark is the budget.',
        bars: bars('limit'),
      },
      {
        title: 'Times what a chat with Socket.IO reaches',
        hint: 'More is better; the mark is the budget.',
        bars: bars('peer'),
      },
      { title: 'A part of the budget used', hint: 'Less is better; the mark is the budget.', bars: bars('budget') },
      {
        title: 'What the same costs where there is most of everything',
        hint: '1× is flat; the mark is the bound.',
        bars: [...this.#growths.values()].flat().map(barOfGrowth),
      },
    ]
    return chart(panels.filter((panel) => panel.bars.length > 0))
  }

  write(folder: string): void {
    writeFileSync(join(folder, 'results.svg'), this.chart())
    writeFileSync(join(folder, 'RESULTS.md'), `${preface()}\n${this.text()}`)
  }
}

function barsOf(section: string, rows: Row[], of: Bar['of']): ChartBar[] {
  return rows.flatMap(({ what, ratio, bar, met }) => {
    if (bar?.of !== of) return []
    const database = section === 'SQLite' || section === 'PostgreSQL' ? `, ${section}` : ''
    const value = of === 'budget' ? percent(bar.part) : ratio
    // Without what the limit is made of, and in short.
    const label = `${what.replace(/ \(.*\)$/, '')}${database}`
    return [{ label: shortened(label), value, part: bar.part, mark: bar.budget, met }]
  })
}

function barOfGrowth(growth: Growth): ChartBar {
  const ratio = ratioOf(growth)
  const largest = `${sizeText(growth.sizes.at(-1) ?? 0)} ${growth.axis.replace(/^.*: /, '')}`
  const database = growth.axis.match(/^(.*):/)?.[1]
  return {
    label: shortened([growth.what, largest, database].filter(Boolean).join(', ')),
    value: `${ratio.toFixed(2)}×`,
    part: ratio,
    mark: growth.most,
    met: isFlat(growth),
  }
}

const longest = 72
const shortened = (label: string): string => (label.length > longest ? `${label.slice(0, longest - 1)}…` : label)

function preface(): string {
  const day = new Date().toISOString().slice(0, 10)
  const [cpu] = cpus()
  const machine = `${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`
  return `# What Signet does beside what this machine can do

Written by \`bin/bench --write\` on ${day}: ${machine}. In brackets stands the limit: a bare program that does only the
unavoidable part of the same work. Both are measured in turn in one run, each figure is a median, and the ratio is the
median of the pairs' ratios. Absolute figures wander with the machine; the ratios are what counts. The load shares the
cores with what is measured. Both databases flush to the disk before they say that something is stored.

![What Signet does beside what this machine can do](results.svg)
`
}

const aboutGrowth = `The same few things, done at each size in turn. The ratio is the largest size beside the cheapest of the others.
Messages all stand in one conversation; conversations have ten each, and one of them is taken at random. An append is one
of 50 under way, and what arrives together for one conversation changes that once, so that 100 conversations cost more
than one. Searching reads every visitor's name, and does not claim to be flat.`

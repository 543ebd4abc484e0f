import type { Database } from './databases.ts'
import type { Compared } from './rounds.ts'

/** One line of the table. */
export interface Row {
  what: string
  ours: string
  limit: string
  ratio: string
  budget: string
  /** Undefined where there is no budget. */
  met: boolean | undefined
  /** For the chart, if it stands there. */
  bar: Bar | undefined
}

/** A part of the limit, of the budget, or so many times a peer; 1 is the whole. */
export interface Bar {
  of: 'limit' | 'budget' | 'peer'
  part: number
  /** Where the budget lies on the same scale. */
  budget: number | undefined
}

/** How large a measurement is made. */
export interface Scale {
  rounds: number
  seconds: number
  /** Chat: conversations, and how many of them write at once. */
  conversations: number
  senders: number
  /** Sockets to fan out to, and in the open loop. */
  sockets: number
  perSecond: number
  idleSockets: number
  revokedSockets: number
  /** As the work grows: what there is, from little to much. */
  messageCounts: readonly number[]
  conversationCounts: readonly number[]
  socketCounts: readonly number[]
  /** How much of what is done many times over, to be seen at all, is done: 1 is all of it. */
  partOfTimes: number
}

export interface Measurement {
  name: string
  /** On each of the databases, or on one because it makes no difference. */
  on: 'each' | 'one'
  /** Where its rows stand; if it is not said, under the database's name. */
  section?: string
  measure(scale: Scale, database: Database): Promise<Row[]>
}

/** A rate beside its limit; `least` is the budget, as a part of the limit. */
export function rateRow(what: string, unit: string, { ours, limit, ratio }: Compared, least?: number): Row {
  return {
    what,
    ours: rate(ours, unit),
    limit: rate(limit, unit),
    ratio: percent(ratio),
    budget: least === undefined ? '–' : `≥ ${percent(least)}`,
    met: least === undefined ? undefined : ratio >= least,
    bar: { of: 'limit', part: ratio, budget: least },
  }
}

/** A rate that is to be so many times another's. */
export function timesRow(what: string, unit: string, { ours, limit, ratio }: Compared, least: number): Row {
  return {
    what,
    ours: rate(ours, unit),
    limit: rate(limit, unit),
    ratio: `${ratio.toFixed(1)}×`,
    budget: `≥ ${least}×`,
    met: ratio >= least,
    bar: { of: 'peer', part: ratio, budget: least },
  }
}

/** A figure that must not be above its budget, beside the limit's own figure if there is one. */
export function mostRow(what: string, unit: string, ours: number, most: number, limit?: number): Row {
  return {
    what,
    ours: amount(ours, unit),
    limit: limit === undefined ? '–' : amount(limit, unit),
    ratio: limit === undefined ? '–' : `${(ours / limit).toFixed(1)}×`,
    budget: `≤ ${most} ${unit}`,
    met: ours <= most,
    bar: { of: 'budget', part: ours / most, budget: 1 },
  }
}

export const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`

export function amount(value: number, unit: string): string {
  return `${value < 100 ? value.toPrecision(2) : Math.round(value)} ${unit}`
}

function rate(perSecond: number, unit: string): string {
  const text = perSecond < 10_000 ? perSecond.toFixed(0) : `${(perSecond / 1000).toFixed(1)}k`
  return `${text} ${unit}/s`
}

const headings = ['', 'Signet', 'limit', 'ratio', 'budget', 'met']

export const table = (rows: readonly Row[]): string => aligned([headings, ...rows.map(cellsOf)])

/** A table in Markdown, with columns aligned so that it can be read as it is. */
export function aligned(cells: readonly string[][]): string {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  const lines = cells.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function cellsOf({ what, ours, limit, ratio, budget, met }: Row): string[] {
  return [what, ours, limit, ratio, budget, verdict(met)]
}

/** Nothing where there is no budget. */
export function verdict(met: boolean | undefined): string {
  if (met === undefined) return ''
  return met ? 'yes' : 'NO'
}

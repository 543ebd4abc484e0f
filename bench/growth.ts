/** What the same thing costs as there is more and more around it. What should stay flat has a bound for the ratio. */
import type { Database } from './databases.ts'
import { median } from './rounds.ts'
import { aligned, amount, type Scale, verdict } from './row.ts'

export interface Growth {
  what: string
  /** What there is more and more of. */
  axis: string
  sizes: readonly number[]
  /** Microseconds at each size. */
  costs: number[]
  /** How many times as much the largest may cost as a smaller one; undefined where nobody says that it is flat. */
  most: number | undefined
}

export interface GrowthMeasurement {
  name: string
  on: 'each' | 'one'
  measure(scale: Scale, database: Database): Promise<Growth[]>
}

/** The sizes in turn, so that who else uses the machine disturbs all of them alike; the medians count. */
export async function inTurn<T>(
  rounds: number,
  grown: readonly T[],
  take: (one: T) => Promise<number>,
): Promise<number[]> {
  const taken: number[][] = grown.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, one] of grown.entries()) taken[index]?.push(await take(one))
  }
  return taken.map(median)
}

/** The largest size beside the cheapest of the others, which is not always the smallest: some costs are shared by many. */
export const ratioOf = ({ costs }: Growth): number => (costs.at(-1) ?? Number.NaN) / Math.min(...costs.slice(0, -1))

export const isFlat = (growth: Growth): boolean | undefined =>
  growth.most === undefined ? undefined : ratioOf(growth) <= growth.most

/** One table for growths along the same axis. */
export function growthTable(growths: readonly Growth[]): string {
  const [first] = growths
  if (!first) return ''
  const headings = [first.axis, ...first.sizes.map(sizeText), 'ratio', 'bound', 'flat']
  return aligned([headings, ...growths.map(cellsOf)])
}

function cellsOf(growth: Growth): string[] {
  const flat = isFlat(growth)
  return [
    growth.what,
    ...growth.costs.map((cost) => amount(cost, 'µs')),
    `${ratioOf(growth).toFixed(2)}×`,
    growth.most === undefined ? '–' : `≤ ${growth.most}×`,
    verdict(flat),
  ]
}

export function sizeText(size: number): string {
  if (size >= 1_000_000) return `${size / 1_000_000} M`
  return size >= 1_000 ? `${size / 1_000} k` : String(size)
}

/**
 * Figures on a shared machine wander by a third. So what is compared is measured in turn (A B A B …), each pair gives
 * a ratio, and the median of the ratios counts. Pairs that disagree are measured again, up to twice as many.
 */

export interface Compared {
  ours: number
  limit: number
  ratio: number
  /** How far the middle half of the ratios lies apart, relative to their median. */
  spread: number
}

const disturbed = 0.2

export async function compare(
  rounds: number,
  ours: () => Promise<number>,
  limit: () => Promise<number>,
): Promise<Compared> {
  const pairs: [number, number][] = []
  while (pairs.length < rounds || (pairs.length < 2 * rounds && rounds > 1 && summed(pairs).spread > disturbed)) {
    pairs.push([await ours(), await limit()])
  }
  return summed(pairs)
}

function summed(pairs: [number, number][]): Compared {
  const ratios = pairs.map(([ours, limit]) => ours / limit)
  const ratio = median(ratios)
  return {
    ours: median(pairs.map(([ours]) => ours)),
    limit: median(pairs.map(([, limit]) => limit)),
    ratio,
    spread: (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / ratio,
  }
}

export async function repeat(rounds: number, measure: () => Promise<number>): Promise<number> {
  const figures: number[] = []
  while (figures.length < rounds) figures.push(await measure())
  return median(figures)
}

export const median = (figures: readonly number[]): number => quantile(figures, 0.5)

export function quantile(figures: readonly number[], part: number): number {
  const sorted = figures.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

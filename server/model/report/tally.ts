/** What is counted, for all, a day, an agent or a department alike; put together from as many parts as there are. */
import type { Report } from '../../../protocol/report.ts'

export interface Tally {
  opened: number
  verified: number
  resolved: number
  visitorMessages: number
  agentMessages: number
  botMessages: number
  firstReplies: number[]
  resolutions: number[]
  stars: number[]
}

/** Of what: `all`, `day …`, `agent …`, `department …`. */
export type Tallies = Map<string, Tally>

const counted = ['opened', 'verified', 'resolved', 'visitorMessages', 'agentMessages', 'botMessages'] as const

export function tallyOf(tallies: Tallies, key: string): Tally {
  const known = tallies.get(key)
  if (known) return known
  const counts = { opened: 0, verified: 0, resolved: 0, visitorMessages: 0, agentMessages: 0, botMessages: 0 }
  const tally = { ...counts, firstReplies: [], resolutions: [], stars: [0, 0, 0, 0, 0] }
  tallies.set(key, tally)
  return tally
}

export function addTo(tallies: Tallies, more: Tallies): void {
  for (const [key, tally] of more) {
    const sum = tallyOf(tallies, key)
    for (const name of counted) sum[name] += tally[name]
    sum.firstReplies = sum.firstReplies.concat(tally.firstReplies)
    sum.resolutions = sum.resolutions.concat(tally.resolutions)
    sum.stars = sum.stars.map((count, index) => count + (tally.stars[index] ?? 0))
  }
}

export function figuresOf({ firstReplies, resolutions, ...counts }: Tally): Report['total'] {
  return { ...counts, firstReply: durationsOf(firstReplies), resolution: durationsOf(resolutions) }
}

function durationsOf(times: readonly number[]): Report['total']['firstReply'] {
  if (times.length === 0) return null
  const sorted = Float64Array.from(times).sort()
  const at = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? 0
  return { count: sorted.length, medianMs: at(0.5), ninthMs: at(0.9) }
}

/** A team's last days, as the stand-in makes them up: always the same ones. */
import { joan, me } from './people.ts'
import type { Scene } from './scene.ts'

const dayMs = 86_400_000
const minute = 60_000

export function report({ name }: Scene, query: URLSearchParams) {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
  const quiet = name === 'empty' ? 0 : 1
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1
  const days = Array.from({ length: count }, (_, index) => {
    const at = Date.parse(from) + index * dayMs
    const isWeekend = new Date(at).getUTCDay() % 6 === 0
    const opened =
      quiet * Math.max(0, Math.round((isWeekend ? 9 : 34) + 11 * Math.sin(index * 1.7) + ((index * 7) % 5)))
    const resolved = quiet * Math.max(0, Math.round(opened * (0.86 + 0.2 * Math.cos(index))))
    return {
      day: new Date(at).toISOString().slice(0, 10),
      ...{ opened, resolved, visitorMessages: opened * 5, agentMessages: Math.max(0, opened * 4 - (index % 9)) },
    }
  })
  const sum = (of: 'opened' | 'resolved' | 'visitorMessages' | 'agentMessages') =>
    days.reduce((all, day) => all + day[of], 0)
  const total = {
    ...{ opened: sum('opened'), resolved: sum('resolved'), verified: Math.round(sum('opened') * 0.83) },
    ...{ visitorMessages: sum('visitorMessages'), agentMessages: sum('agentMessages') },
    botMessages: quiet * 312,
    firstReply: quiet ? { count: 900, medianMs: 3.4 * minute, ninthMs: 26 * minute } : null,
    resolution: quiet ? { count: 800, medianMs: 95 * minute, ninthMs: 31 * 60 * minute } : null,
    stars: [3, 2, 9, 41, 96].map((each) => each * quiet),
  }
  const part = (share: number) => ({
    ...total,
    opened: Math.round(total.opened * share),
    resolved: Math.round(total.resolved * share),
    agentMessages: Math.round(total.agentMessages * share),
  })
  return {
    ...{ from, to, timeZone: 'Europe/Rome', total, days },
    agents: quiet
      ? [
          { id: me.id, name: me.name, ...part(0.52) },
          { id: joan.id, name: joan.name, ...part(0.39), firstReply: { count: 90, medianMs: 7 * minute, ninthMs: 1 } },
        ]
      : [],
    departments: quiet
      ? [
          { id: 'sales', name: 'Sales', ...part(0.6) },
          { id: null, name: null, ...part(0.4), stars: [0, 0, 0, 0, 0] },
        ]
      : [],
  }
}

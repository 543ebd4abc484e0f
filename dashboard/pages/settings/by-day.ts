import { sameDay } from '../../parts/time.ts'

interface Day<E> {
  at: number
  entries: E[]
}

/** Entries in their order, cut where the day changes. */
export function byDay<E extends { at: number }>(entries: readonly E[]): Day<E>[] {
  const days: Day<E>[] = []
  for (const entry of entries) {
    const last = days.at(-1)
    if (last && sameDay(last.at, entry.at)) last.entries.push(entry)
    else days.push({ at: entry.at, entries: [entry] })
  }
  return days
}

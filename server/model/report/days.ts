/** Local days, written as 2026-11-23. */
const dayMs = 86_400_000
/** No clock on the wall is further from UTC than this. */
const furthestMs = 15 * 3_600_000
/** And each differs from it by so many minutes. */
const stepMs = 15 * 60_000

/** Every day from one to the other; none if one of them is no day, or there are more than `most`. */
export function daysFrom(from: string, to: string, most: number): string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)]
  const count = Math.round((last - first) / dayMs) + 1
  if (!(count >= 1 && count <= most) || written(first) !== from || written(last) !== to) return []
  return Array.from({ length: count }, (_, index) => written(first + index * dayMs))
}

/** All of these days, in whatever time zone, lies between the two. */
export function aroundDays(from: string, to: string): { since: number; until: number } {
  return { since: Date.parse(from) - furthestMs, until: Date.parse(to) + dayMs + furthestMs }
}

/** On which day of a time zone it was. A calendar is dear to ask: once for each quarter of an hour. */
export function dayIn(timeZone: string): (time: number) => string {
  // That of Canada is written in this order.
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const known = new Map<number, string>()
  return (time) => {
    const step = Math.floor(time / stepMs)
    const day = known.get(step) ?? format.format(step * stepMs)
    known.set(step, day)
    return day
  }
}

const written = (date: number): string => (Number.isNaN(date) ? '' : new Date(date).toISOString().slice(0, 10))

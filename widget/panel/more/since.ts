const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long ago, as short as the language allows; after a week the date. */
export function sinceName(at: number, locale: string, now = Date.now()): string {
  const past = Math.max(0, now - at)
  if (past >= 7 * day) return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(at)
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' })
  if (past < minute) return relative.format(0, 'second')
  if (past < hour) return relative.format(-Math.floor(past / minute), 'minute')
  if (past < day) return relative.format(-Math.floor(past / hour), 'hour')
  return relative.format(-Math.floor(past / day), 'day')
}

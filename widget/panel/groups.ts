import type { Row } from '../../client/timeline.ts'

/** A row as it is drawn: where it stands among its neighbours. */
export interface Placed {
  row: Row
  at: number
  mine: boolean
  /** Who wrote it, if it was not the visitor himself. */
  name: string | undefined
  /** The day's first, under a heading. */
  startsDay: boolean
  startsGroup: boolean
  endsGroup: boolean
}

const groupMs = 3 * 60_000

export function placeRows(rows: readonly Row[]): Placed[] {
  const placed = rows.map(place)
  for (const [index, one] of placed.entries()) {
    const before = placed[index - 1]
    one.startsDay = !before || dayOf(before.at) !== dayOf(one.at)
    one.startsGroup = one.startsDay || !before || !belongs(before, one)
    if (before) before.endsGroup = one.startsGroup
  }
  return placed
}

function place(row: Row): Placed {
  const isSent = row.state === 'sent'
  const author = isSent ? row.message.author : undefined
  return {
    row,
    at: isSent ? row.message.createdAt : row.entry.createdAt,
    mine: !author || author.kind === 'visitor',
    name: author?.kind === 'agent' ? (author.name ?? undefined) : undefined,
    startsDay: false,
    startsGroup: true,
    endsGroup: true,
  }
}

function belongs(before: Placed, one: Placed): boolean {
  if (before.row.state === 'failed' || one.row.state === 'failed') return false
  return before.mine === one.mine && before.name === one.name && one.at - before.at < groupMs
}

function dayOf(at: number): string {
  return new Date(at).toDateString()
}

/** The visitor's own form of the language: English has two clocks. */
export function localeOf(language: string): string {
  return navigator.languages.find((name) => name.slice(0, 2) === language) ?? language
}

/** "Today", "Yesterday", or the date, in the language's own way. */
export function dayName(at: number, language: string, now = Date.now()): string {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0)
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000)
  const near = days > -2 && days <= 0
  const name = near
    ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
    : new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' }).format(at)
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

export function timeOf(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** Figures as people read them. */
import type { Figures } from './report-query.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const wholeDay = 24 * hour

/** 12 s, 4 min, 1 h 30 min, 3 d 4 h. */
export function duration(ms: number): string {
  if (ms < minute) return `${Math.max(1, Math.round(ms / second))} s`
  if (ms < hour) return `${Math.round(ms / minute)} min`
  if (ms < wholeDay) return pair(ms, hour, 'h', minute, 'min')
  return pair(ms, wholeDay, 'd', hour, 'h')
}

function pair(ms: number, unit: number, name: string, part: number, partName: string): string {
  const parts = Math.round(ms / part)
  const perUnit = unit / part
  const rest = parts % perUnit
  return `${Math.floor(parts / perUnit)} ${name}${rest > 0 ? ` ${rest} ${partName}` : ''}`
}

export const count = (number: number): string => number.toLocaleString('en')

export const share = (part: number, whole: number): string | null =>
  whole === 0 ? null : `${Math.round((part / whole) * 100)} %`

export function ratingOf(stars: Figures['stars']): { average: string; count: number } | null {
  const all = stars.reduce((sum, one) => sum + one, 0)
  if (all === 0) return null
  const points = stars.reduce((sum, one, index) => sum + one * (index + 1), 0)
  return { average: (points / all).toFixed(1), count: all }
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const longDayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
})

export const shortDay = (day: string): string => dayFormat.format(Date.parse(day))
export const longDay = (day: string): string => longDayFormat.format(Date.parse(day))

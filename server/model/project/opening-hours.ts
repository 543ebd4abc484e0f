/**
 * Opening hours in the project's own time: clocks that are put forward and back are the reason why an instant is never
 * reckoned from another by adding days.
 */
import type { HoursNow, OpenInterval, OpeningHours } from '../../../protocol/opening-hours.ts'
import { isStorable } from '../message/text.ts'
import { Refused } from '../refused.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

/** As they are kept; refuses what no clock or calendar knows. */
export function requireHours(hours: OpeningHours): OpeningHours {
  if (!isTimeZone(hours.timeZone)) throw new Refused('time_zone_unknown', { field: 'openingHours.timeZone' })
  if (hours.awayMessage !== null && !isStorable(hours.awayMessage)) {
    throw new Refused('text_invalid', { field: 'openingHours.awayMessage' })
  }
  const intervals = inOrder(hours.intervals)
  const fits = intervals.every(({ day, from, to }, place) => {
    const next = intervals[place + 1]
    return from < to && (next?.day !== day || to <= next.from)
  })
  if (!fits) throw new Refused('hours_invalid', { field: 'openingHours.intervals' })
  return { ...hours, intervals }
}

/** What a visitor is told at this moment. */
export function hoursNow(hours: OpeningHours | null, now: number): HoursNow {
  if (hours === null) return { open: true, opensAt: null, message: null }
  const { weekday, minute } = localTime(hours.timeZone, now)
  const open = hours.intervals.some(
    ({ day, from, to }) => day === weekday && minutesOf(from) <= minute && minute < minutesOf(to),
  )
  if (open) return { open, opensAt: null, message: null }
  return { open, opensAt: nextOpening(hours, now), message: hours.awayMessage }
}

/** The first beginning after now: today's, or of the seven days after it. */
function nextOpening({ timeZone, intervals }: OpeningHours, now: number): number | null {
  const { midnight } = localTime(timeZone, now)
  for (let days = 0; days <= 7; days += 1) {
    const date = midnight + days * dayMs
    // Only that day's: anybody may ask, and a wall's clock is dear to read.
    for (const { from } of inOrder(intervals.filter(({ day }) => day === weekdayOf(date)))) {
      const opensAt = instantOf(timeZone, date + minutesOf(from) * minuteMs)
      if (opensAt > now) return opensAt
    }
  }
  return null
}

const inOrder = (intervals: readonly OpenInterval[]): OpenInterval[] =>
  [...intervals].sort((one, other) => one.day - other.day || minutesOf(one.from) - minutesOf(other.from))

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Monday is 1. `date` is a local day as if it were one of UTC's. */
const weekdayOf = (date: number): number => new Date(date).getUTCDay() || 7

/** What the clock on the wall shows, as if it were one of UTC's. */
function wallClock(timeZone: string, instant: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
}

function localTime(timeZone: string, instant: number): { weekday: number; minute: number; midnight: number } {
  const wall = wallClock(timeZone, instant)
  const midnight = wall - (wall % dayMs)
  return { weekday: weekdayOf(midnight), minute: (wall - midnight) / minuteMs, midnight }
}

/** When the wall's clock shows this. Twice, because the first guess may lie on the other side of a change of clocks. */
function instantOf(timeZone: string, wall: number): number {
  const guess = wall - (wallClock(timeZone, wall) - wall)
  return guess - (wallClock(timeZone, guess) - wall)
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    // Offsets such as +02:00 are taken by Intl, too, and know nothing of summer.
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

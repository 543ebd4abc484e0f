/** Times as people read them, in the browser's own language where words are not ours. */
export const minute = 60_000
const hour = 60 * minute
const wholeDay = 24 * hour

const clockFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const dayYearFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const weekdayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

/** 14:02 */
export function clock(at: number): string {
  return clockFormat.format(at)
}

/** 20 November, with the year when it is not this one. */
export function day(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (sameYear ? dayFormat : dayYearFormat).format(at)
}

/** 20 November at 14:02, or just the hour when it is today. */
export function dayAndClock(at: number, now: number): string {
  return sameDay(at, now) ? `today at ${clock(at)}` : `${day(at, now)} at ${clock(at)}`
}

/** The same inside a sentence: "on 20 November at 14:02". */
export function onDayAndClock(at: number, now: number): string {
  return sameDay(at, now) ? dayAndClock(at, now) : `on ${dayAndClock(at, now)}`
}

export function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString()
}

/** Today, Yesterday, Monday 16 November, 3 March 2024. */
export function dayHeading(at: number, now: number): string {
  if (sameDay(at, now)) return 'Today'
  if (sameDay(at, now - wholeDay)) return 'Yesterday'
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return sameYear ? weekdayFormat.format(at) : dayYearFormat.format(at)
}

/** now, 4m, 2h, 3d, 5w: for narrow places. */
export function shortSpan(ms: number): string {
  if (ms < minute) return 'now'
  if (ms < hour) return `${Math.floor(ms / minute)}m`
  if (ms < wholeDay) return `${Math.floor(ms / hour)}h`
  if (ms < 14 * wholeDay) return `${Math.floor(ms / wholeDay)}d`
  return `${Math.floor(ms / (7 * wholeDay))}w`
}

/** 4 minutes, 1 hour, 3 days. */
export function longSpan(ms: number): string {
  if (ms < minute) return 'less than a minute'
  if (ms < hour) return plural(Math.floor(ms / minute), 'minute')
  if (ms < wholeDay) return plural(Math.floor(ms / hour), 'hour')
  return plural(Math.floor(ms / wholeDay), 'day')
}

/** 1 day 16 hours, 3 hours 5 minutes, 40 minutes: what is left of a time that runs out. */
export function remaining(ms: number): string {
  const [unit, part] = ms >= wholeDay ? [wholeDay, hour] : [hour, minute]
  const rest = ms % unit
  return ms < hour || rest < part ? longSpan(ms) : `${longSpan(ms - rest)} ${longSpan(rest)}`
}

export function ago(at: number, now: number): string {
  return now - at < minute ? 'just now' : `${longSpan(now - at)} ago`
}

export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : many}`
}

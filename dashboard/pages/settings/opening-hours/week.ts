/** A week of opening hours as it is edited. Pure. */
import type { OpenInterval } from '../../../../protocol/opening-hours.ts'

export const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** An interval on the screen keeps its key while its times change. */
export interface Slot extends OpenInterval {
  key: number
}

export const standardWeek: readonly OpenInterval[] = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }))

export function slotsFrom(intervals: readonly OpenInterval[]): Slot[] {
  return intervals.map((interval, key) => ({ ...interval, key }))
}

/** A field for times knows no 24:00: midnight at an end is the end of that day. */
export function intervalsFrom(slots: readonly Slot[]): OpenInterval[] {
  return slots.map(({ day, from, to }) => ({ day, from, to: to === '00:00' ? '24:00' : to }))
}

/** After the last one of the day, or the usual hours. */
export function nextSlot(slots: readonly Slot[], day: number): Slot {
  const key = Math.max(-1, ...slots.map((slot) => slot.key)) + 1
  const last = slots.findLast((slot) => slot.day === day)
  if (last === undefined) return { key, day, from: '09:00', to: '17:00' }
  return { key, day, from: last.to, to: '00:00' }
}

/** The first thing that does not fit, as a sentence. */
export function complaintAbout(intervals: readonly OpenInterval[]): string | undefined {
  for (const [index, name] of days.entries()) {
    const own = intervals.filter(({ day }) => day === index + 1).sort((one, other) => (one.from < other.from ? -1 : 1))
    if (own.some(({ from, to }) => from === '' || to === '')) return `A time is missing on ${name}.`
    if (own.some(({ from, to }) => from >= to)) return `On ${name} it closes before it opens.`
    if (own.some(({ to }, place) => to > (own[place + 1]?.from ?? '24:00'))) return `Hours on ${name} overlap.`
  }
  return undefined
}

export function hoursAWeek(intervals: readonly OpenInterval[]): number {
  const minutes = intervals.reduce((sum, { from, to }) => sum + minutesOf(to) - minutesOf(from), 0)
  return Math.round(minutes / 6) / 10
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

import { expect, test, vi } from 'vitest'
import type { OpeningHours } from '../../../../protocol/opening-hours.ts'
import { hoursNow, requireHours } from '../../../model/project/opening-hours.ts'
import { codeOf } from '../../contract/world.ts'

const inRome = (...intervals: [day: number, from: string, to: string][]): OpeningHours => ({
  timeZone: 'Europe/Rome',
  intervals: intervals.map(([day, from, to]) => ({ day, from, to })),
  awayMessage: 'Back soon.',
})
const weekdays = inRome(...[1, 2, 3, 4, 5].map((day): [number, string, string] => [day, '09:00', '17:00']))
const at = (text: string) => Date.parse(text)
const closed = (opensAt: string | null) => ({
  open: false,
  opensAt: opensAt === null ? null : at(opensAt),
  message: 'Back soon.',
})
const open = { open: true, opensAt: null, message: null }

test('a project that says nothing is always open', () => {
  expect(hoursNow(null, at('2026-11-22T03:00Z'))).toEqual(open)
})

test('is open from the first minute of an interval up to the last, in the project’s own time', () => {
  // A Monday; Rome is an hour ahead.
  expect(hoursNow(weekdays, at('2026-11-23T07:59:59Z'))).toEqual(closed('2026-11-23T08:00Z'))
  expect(hoursNow(weekdays, at('2026-11-23T08:00:00Z'))).toEqual(open)
  expect(hoursNow(weekdays, at('2026-11-23T15:59:59Z'))).toEqual(open)
  expect(hoursNow(weekdays, at('2026-11-23T16:00:00Z'))).toEqual(closed('2026-11-24T08:00Z'))
})

test('opens after the weekend, and a week later where there is one day only', () => {
  expect(hoursNow(weekdays, at('2026-11-20T16:00Z'))).toEqual(closed('2026-11-23T08:00Z'))
  expect(hoursNow(inRome([1, '09:00', '10:00']), at('2026-11-23T09:00Z'))).toEqual(closed('2026-11-30T08:00Z'))
  expect(hoursNow(inRome(), at('2026-11-23T09:00Z'))).toEqual(closed(null))
})

test('is open past midnight over two intervals', () => {
  const night = inRome([1, '22:00', '24:00'], [2, '00:00', '02:00'])
  expect(hoursNow(night, at('2026-11-23T22:59Z'))).toEqual(open)
  expect(hoursNow(night, at('2026-11-23T23:00Z'))).toEqual(open)
  expect(hoursNow(night, at('2026-11-24T01:00Z'))).toEqual(closed('2026-11-30T21:00Z'))
})

test('opens at the hour on the wall on both sides of a change of clocks', () => {
  const sundays = inRome([7, '09:00', '10:00'], [1, '09:00', '10:00'])
  expect(hoursNow(sundays, at('2026-03-28T20:00Z'))).toEqual(closed('2026-03-29T07:00Z'))
  expect(hoursNow(sundays, at('2026-10-24T20:00Z'))).toEqual(closed('2026-10-25T08:00Z'))
  expect(hoursNow(sundays, at('2026-10-25T10:00Z'))).toEqual(closed('2026-10-26T08:00Z'))
})

test('refuses time zones and intervals that no clock knows', async () => {
  const code = (hours: OpeningHours) => codeOf(Promise.resolve().then(() => requireHours(hours)))
  expect(await code({ ...weekdays, timeZone: 'Europe/Atlantis' })).toBe('time_zone_unknown openingHours.timeZone')
  expect(await code({ ...weekdays, timeZone: '+02:00' })).toBe('time_zone_unknown openingHours.timeZone')
  expect(await code({ ...weekdays, awayMessage: 'half \ud83d' })).toBe('text_invalid openingHours.awayMessage')
  const invalid = 'hours_invalid openingHours.intervals'
  expect(await code(inRome([1, '10:00', '10:00']))).toBe(invalid)
  expect(await code(inRome([1, '10:00', '12:00'], [1, '09:00', '10:30']))).toBe(invalid)
  expect(await code(inRome([1, '10:00', '12:00'], [1, '09:00', '10:00'], [2, '09:00', '24:00']))).toBe('done')
})

test('many intervals make it no dearer to say when it opens, since anybody may ask', () => {
  const busy = inRome(
    ...[1, 2, 3, 4, 5, 6, 7].flatMap((day) =>
      ['06', '07', '08', '09'].map((hour): [number, string, string] => [day, `${hour}:00`, `${hour}:30`]),
    ),
  )
  const clocks = vi.spyOn(Intl, 'DateTimeFormat')
  expect(hoursNow(busy, at('2026-11-23T12:00:00Z'))).toEqual(closed('2026-11-24T05:00Z'))
  expect(clocks.mock.calls.length).toBeLessThan(20)
  clocks.mockRestore()
})

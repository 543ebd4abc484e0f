import { expect, test } from 'vitest'
import {
  complaintAbout,
  hoursAWeek,
  intervalsFrom,
  nextSlot,
  slotsFrom,
  standardWeek,
} from '../pages/settings/opening-hours/week.ts'
import { draftFrom, fieldsIn, settingsFrom } from '../pages/settings/widget/draft.ts'

const on = (day: number, from: string, to: string) => ({ day, from, to })

test('midnight at an end is the end of that day', () => {
  expect(intervalsFrom(slotsFrom([on(1, '22:00', '00:00')]))).toEqual([on(1, '22:00', '24:00')])
  expect(hoursAWeek([on(1, '22:00', '24:00'), on(2, '00:00', '06:30')])).toBe(8.5)
})

test('says which day does not fit', () => {
  expect(complaintAbout(standardWeek)).toBeUndefined()
  expect(complaintAbout([on(2, '10:00', '09:00')])).toContain('Tuesday')
  expect(complaintAbout([on(3, '', '09:00')])).toContain('missing on Wednesday')
  expect(complaintAbout([on(7, '09:00', '12:00'), on(7, '11:00', '13:00')])).toContain('overlap')
})

test('a further slot begins where the last one of its day ends', () => {
  const slots = slotsFrom([on(1, '09:00', '12:00')])
  expect(nextSlot(slots, 1)).toEqual({ key: 1, day: 1, from: '12:00', to: '00:00' })
  expect(nextSlot(slots, 2)).toMatchObject({ day: 2, from: '09:00' })
})

test('the widget’s settings survive the form, and what nobody said stays unsaid', () => {
  const settings = {
    themeColor: '#1f6f54',
    align: 'left',
    welcomeTitle: 'Ask us',
    calloutTimer: 0,
    preChatForm: true,
    preChatFormJson: [{ name: 'order', type: 'text', label: 'Order' }],
    nativeRating: false,
    onPageChangeVisibilityMobile: 'last',
  } as const
  const given = { ...settings, preChatFormJson: settings.preChatFormJson.map((field) => ({ ...field })) }
  const draft = draftFrom(given)
  const form = fieldsIn(draft.form)
  expect(settingsFrom(draft, form === 'no list' ? undefined : form)).toEqual(given)
  expect(settingsFrom(draftFrom({}), undefined)).toEqual({ themeColor: '#2a6ac1' })
  expect(fieldsIn('{"a": 1}')).toBe('no list')
  expect(fieldsIn('[1]')).toBe('no list')
  expect(fieldsIn(' ')).toBeUndefined()
})

import { expect, test } from 'vitest'
import { moreDefaults } from '../more-settings.ts'
import { boxOf } from '../panel/files/box.ts'
import { acceptOf, isAccepted, isHopeless, isOfFiles, mayAttach } from '../panel/more/may-attach.ts'
import type { Settings } from '../settings.ts'

const settings = (given: Partial<Settings> = {}): Settings => Object.assign(Object.create(null), moreDefaults, given)
const file = (name: string, type = '') => ({ name, type })

test('[WG2] either of the two names takes the files away', () => {
  expect(mayAttach(settings())).toBe(true)
  expect(mayAttach(settings({ showAttachmentButton: false }))).toBe(false)
  expect(mayAttach(settings({ showAttachmentFooterButton: false }))).toBe(false)
})

test('[WG2] fileUploadAccept narrows what is pasted and dropped, as the field does it for what is chosen', () => {
  const narrow = settings({ fileUploadAccept: 'image/*, .PDF,text/plain' })
  expect(acceptOf(narrow)).toBe('image/*, .PDF,text/plain')
  expect(isAccepted(file('a.png', 'image/png'), narrow)).toBe(true)
  expect(isAccepted(file('a.pdf'), narrow)).toBe(true)
  expect(isAccepted(file('a.log', 'text/plain'), narrow)).toBe(true)
  expect(isAccepted(file('a.png.exe', 'application/x-msdownload'), narrow)).toBe(false)
  expect(isAccepted(file('pdf'), narrow)).toBe(false)
})

test('without it the bytes decide, which the server looks at', () => {
  expect(isAccepted(file('a'), settings())).toBe(true)
  expect(isAccepted(file('a.bin'), settings({ fileUploadAccept: '*/*' }))).toBe(true)
  expect(acceptOf(settings())).toContain('application/pdf')
})

test('nobody is told to try again what will be refused again', () => {
  for (const code of ['attachment_too_large', 'attachment_type_not_allowed', 'image_too_large', 'file_lost']) {
    expect([isOfFiles(code), isHopeless(code)], code).toEqual([true, true])
  }
  expect([isOfFiles('attachment_quota_exceeded'), isHopeless('attachment_quota_exceeded')]).toEqual([true, false])
  expect(isOfFiles('text_too_long')).toBe(false)
})

test('an image has its place before it is there: in its form, within bounds', () => {
  const sized = (width: number | null, height: number | null) =>
    boxOf({ id: '', name: '', type: 'image/png', bytes: 1, width, height, thumbnail: true })
  expect(sized(4_000, 3_000)).toEqual({ width: 240, height: 180 })
  expect(sized(600, 2_400)).toEqual({ width: 70, height: 280 })
  expect(sized(16, 16)).toEqual({ width: 48, height: 48 })
  expect(sized(10_000, 10)).toEqual({ width: 240, height: 48 })
  expect(sized(null, null)).toBeUndefined()
})

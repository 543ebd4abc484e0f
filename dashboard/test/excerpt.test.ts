import { expect, test } from 'vitest'
import { piecesOf } from '../pages/inbox/search/excerpt.tsx'

const shown = (text: string, ranges: { from: number; to: number }[]) =>
  piecesOf({ text, ranges })
    .map((piece) => (piece.isMeant ? `[${piece.text}]` : piece.text))
    .join('')

test('[AG4] what was looked for stands out, and the rest is there as it is', () => {
  const ranges = [
    { from: 3, to: 6 },
    { from: 10, to: 13 },
  ]
  expect(shown('<b>the</b>tea', ranges)).toBe('<b>[the]</b>[tea]')
  expect(shown('nothing', [])).toBe('nothing')
})

test('[AG4] a line begins shortly before it, with a whole word', () => {
  const text = 'a long beginning that nobody needs before the parcel comes'
  const from = text.indexOf('parcel')
  expect(shown(text, [{ from, to: from + 6 }])).toMatch(/^….{0,24}\[parcel\] comes$/)
  expect(shown(`${'x'.repeat(60)}parcel`, [{ from: 60, to: 66 }])).toBe(`${'x'.repeat(60)}[parcel]`)
})

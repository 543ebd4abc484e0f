import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanName, initialsOf } from '../parts/clean-name.ts'

test.each([
  ['✅ Ada Lovelace', 'Ada Lovelace'],
  ['Ada Lovelace ✓', 'Ada Lovelace'],
  ['Ada ✔️ Lovelace', 'Ada Lovelace'],
  ['Ada ☑ √ 🗸 🗹 Lovelace', 'Ada Lovelace'],
  ['Ada\u202Eecalevol', 'Adaecalevol'],
  ['Ada\u200B\u2066 Love\u00ADlace', 'Ada Lovelace'],
  ['  Ada \t\n Lovelace\u00A0', 'Ada Lovelace'],
  ['\u3164\u2800', null],
  ['✅', null],
  ['Zoë Müller', 'Zoë Müller'],
  ['عائشة', 'عائشة'],
  ['李雷', '李雷'],
  ['a\u0301\u0302\u0303\u0304\u0305', 'a\u0301\u0302'],
])('[AG3] the name %j is shown as %j', (raw, shown) => {
  expect(cleanName(raw)).toBe(shown)
})

/** Any code point, and often one of those that matter. */
const codePoint = fc.oneof(
  fc.integer({ min: 0, max: 0x10ffff }),
  fc.integer({ min: 0x2000, max: 0x27ff }),
  fc.constantFrom(0x41, 0x20, 0x202e, 0x2066, 0x2705, 0x2714, 0xfe0f, 0x200d, 0x301),
)

test('[AG3] no name keeps a format character, a control character or a check, whatever is in it', () => {
  fc.assert(
    fc.property(fc.array(codePoint, { maxLength: 40 }), (codePoints) => {
      const raw = String.fromCodePoint(...codePoints)
      expect(cleanName(raw) ?? '').not.toMatch(/[\p{Cf}\p{Cc}✅✓✔☑√]/u)
    }),
    { numRuns: 300 },
  )
})

test('a name as long as a novel is cut', () => {
  expect(cleanName('x'.repeat(5_000))).toHaveLength(120)
})

test.each([
  ['Ada Lovelace', 'AL'],
  ['Ada', 'A'],
  ['Ada King Lovelace', 'AL'],
  ['ada@example.com', 'AC'],
  ['(Ada)', 'A'],
  ['…', ''],
])('the initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

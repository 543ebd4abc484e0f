import { expect, test } from 'vitest'
import { lateDefaults } from '../../widget/late-settings.ts'
import { moreDefaults } from '../../widget/more-settings.ts'
import { lookDefaults } from '../../widget/page-api/looks.ts'
import { defaults } from '../../widget/settings.ts'
import { draftFrom, settingsFrom, standard, switches } from '../pages/settings/widget/draft.ts'
import { textsWith } from '../pages/settings/widget/known-texts.ts'
import { ownTextsFrom, ownWordsFrom } from '../pages/settings/widget/own-words.ts'
import { pagesIn } from '../pages/settings/widget/page-lines.ts'

test('what the form shows while nobody has said anything is what the widget does', () => {
  const widget: Record<string, unknown> = { ...defaults, ...lateDefaults, ...moreDefaults, ...lookDefaults }
  for (const [name, holds] of Object.entries(switches)) expect([name, widget[name]]).toEqual([name, holds])
  expect(standard).toMatchObject({ themeColor: widget.themeColor, align: widget.align })
  expect(draftFrom({}).calloutTimer).toBe('')
  expect(lookDefaults.calloutTimer).toBeLessThan(0)
})

test('what is said of a change of page on desktops is kept, whichever it is', () => {
  expect(draftFrom({}).onPageChange).toEqual({ desktop: 'unsaid', mobile: 'close' })
  for (const said of ['open', 'close', 'last'] as const)
    expect(settingsFrom(draftFrom({ onPageChangeVisibilityDesktop: said }), undefined)).toMatchObject({
      onPageChangeVisibilityDesktop: said,
    })
})

test('own words survive the form, by language and by group, and empty ones are none', () => {
  const texts = {
    write: 'Ask us',
    because: { banned: 'No', other: 'Hm' },
    de: { write: 'Fragen', lines: { CHAT_CLOSED: 'Zu' } },
  }
  const words = ownWordsFrom(texts)
  expect(words).toContainEqual({ language: 'de', name: 'lines.CHAT_CLOSED', text: 'Zu' })
  expect(words).toContainEqual({ language: 'every', name: 'because.banned', text: 'No' })
  expect(ownTextsFrom(words)).toEqual(texts)
  expect(ownTextsFrom(words.map((word) => ({ ...word, text: ' ' })))).toBeUndefined()
  const many = Array.from({ length: 40 }, (_, n) => ({ language: 'de', name: `because.${n}`, text: 'x'.repeat(500) }))
  expect(() => ownTextsFrom(many)).toThrow('too many words')
})

test('a text is found by its words and by its name', () => {
  const texts = { write: 'Write a message…', send: 'Send', 'because.banned': 'If you think so' }
  expect(textsWith('a MESS', texts)).toEqual([['write', 'Write a message…']])
  expect(textsWith('banned', texts)).toEqual([['because.banned', 'If you think so']])
  expect(textsWith(' ', texts)).toEqual([])
})

test('pages stand one a line, and what is none is named', () => {
  const settings = { themeColor: '#1f6f54', displayOnPages: ['/shop/*', 'https://a.example/b'], poweredBy: 'Halden' }
  expect(settingsFrom(draftFrom(settings), undefined)).toEqual(settings)
  expect(pagesIn(' /a \n\n*/b', 'displayOnPages')).toEqual(['/a', '*/b'])
  expect(() => pagesIn('/a\nshop', 'displayOnPages')).toThrow('“shop” begins with neither / nor https://.')
  expect(() => pagesIn('/a\n'.repeat(51), 'displayOnPages')).toThrow('At most 50 pages')
})

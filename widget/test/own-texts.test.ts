import { expect, test } from 'vitest'
import { inOwnWords } from '../panel/own-texts.ts'
import { texts } from '../texts/en.ts'
import { moreTexts } from '../texts/more-en.ts'

test('[WG5] a page has its own words for every language, and others for one', () => {
  const wanted = { write: 'Ask us', send: 'Off it goes', de: { write: 'Fragen Sie uns' } }
  expect(inOwnWords(texts, wanted, 'en')).toEqual({ ...texts, write: 'Ask us', send: 'Off it goes' })
  expect(inOwnWords(texts, wanted, 'de')).toEqual({ ...texts, write: 'Fragen Sie uns', send: 'Off it goes' })
})

test('[WG5] what is put in stands where the page wants it, as it is', () => {
  const { typing, pace } = inOwnWords(texts, { typing: '… {name} …', pace: 'Soon' }, 'en')
  expect([typing('$& {name}'), pace('an hour')]).toEqual(['… $& {name} …', 'Soon'])
})

test('[WG5] sentences that belong together have their names there', () => {
  const wanted = { because: { signed_out: 'Bye', session: 7 }, lines: 'no table', fr: { heading: { banned: 'Non' } } }
  const { because, lines, heading } = inOwnWords(moreTexts, wanted, 'fr')
  expect([because, lines]).toEqual([{ ...moreTexts.because, signed_out: 'Bye' }, moreTexts.lines])
  expect(heading).toEqual({ ...moreTexts.heading, banned: 'Non' })
})

test('[WG5] what is no word is left out, and there are no texts but the widget’s', () => {
  for (const wanted of [undefined, null, 'all', 7, [], { write: '', send: 7, nonsense: 'x', en: 'y', toString: 'z' }])
    expect(inOwnWords(texts, wanted, 'en')).toEqual(texts)
  expect(inOwnWords(texts, { you: 'x'.repeat(9_000) }, 'en').you).toHaveLength(500)
})

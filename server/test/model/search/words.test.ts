import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerptOf } from '../../../model/search/excerpt.ts'
import { placesOf, termsOf, wordsOf } from '../../../model/search/words.ts'

const plain = (text: string) => wordsOf(text).map(({ word }) => word)

test.each([
  ['Über ＡＢＣ, façade', ['uber', 'abc', 'facade']],
  ['ΣΊΣΥΦΟΣ', ['σισυφοσ']],
  ['İstanbul', ['istanbul']],
  ['iPhone15手机壳', ['iphone15', '手', '机', '壳']],
  ['ガラス', ['ガ', 'ラ', 'ス']],
  ['한국어 검색', ['한국어', '검색']],
  ['مَرحَبا', ['مرحبا']],
  ['½ of it', ['12', 'of', 'it']],
  ['a_b-c.d@e.f', ['a', 'b', 'c', 'd', 'e', 'f']],
  ['👍🏽 \u200d', []],
])('[AG4] the words of %s', (text, words) => {
  expect(plain(text)).toEqual(words)
})

test('[AG4] words stand where they are found, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      for (const { word, from, to } of wordsOf(text)) expect(plain(text.slice(from, to))).toContain(word)
    }),
    { numRuns: 50 },
  )
})

test('[AG4][AG6] an excerpt is a piece of the text, and its ranges lie in it', () => {
  const words = fc.array(fc.constantFrom('one', 'two', '三四', 'x'.repeat(400), '\n', '👍🏽', '<b>', 'the'), {
    maxLength: 90,
  })
  fc.assert(
    fc.property(words, fc.constantFrom('two', 'one two', '四', 'x'.repeat(40)), (all, looked) => {
      const text = all.join(' ')
      const found = wordsOf(text)
      const places = placesOf(found, termsOf(looked))
      if (!places) return
      const excerpt = excerptOf(text, found, places)
      expect(text.replace(/\s/g, ' ')).toContain(excerpt.text.replace(/^…|…$/g, ''))
      expect(excerpt.text.length).toBeLessThan(190)
      for (const { from, to } of excerpt.ranges) {
        expect(from >= 0 && from < to && to <= excerpt.text.length).toBe(true)
        expect(plain(excerpt.text.slice(from, to)).length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 50 },
  )
})

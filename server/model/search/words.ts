/**
 * What counts as a word, for messages and for what somebody looks for alike: without regard to case, accents and
 * widths. Where a script puts no spaces between its words each character is one, and a search for several finds them
 * side by side.
 */
import type { Term } from '../../db/message-index.ts'

export interface Word {
  word: string
  /** Where it stands in the text. */
  from: number
  to: number
}

const longest = 40
const runs = /[\p{L}\p{N}\p{M}]+/gu
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const parts = new RegExp(`${unspaced.source}\\p{M}*|(?:(?!${unspaced.source})[\\p{L}\\p{N}\\p{M}])+`, 'gu')

export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const run of text.matchAll(runs)) {
    for (const part of run[0].matchAll(parts)) {
      const word = fold(part[0]).replace(/[^\p{L}\p{N}\p{M}]/gu, '')
      const from = run.index + part.index
      if (word !== '') words.push({ word: shortened(word), from, to: from + part[0].length })
    }
  }
  return words
}

/** As it is compared. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is ASCII needs nothing more
  if (/^[\x00-\x7f]*$/.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u0652]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ς', 'σ')
}

/** What somebody looks for. Nothing in it is an operator; a single letter is looked for as a word of its own. */
export function termsOf(text: string): Term[] {
  const terms: { words: string[]; begins: boolean }[] = []
  let end = -1
  for (const { word, from, to } of wordsOf(text)) {
    const last = terms.at(-1)
    if (unspaced.test(word) && last && !last.begins && end === from && unspaced.test(last.words[0] ?? '')) {
      last.words.push(word)
    } else terms.push({ words: [word], begins: word.length > 1 && !unspaced.test(word) })
    end = to
  }
  return terms
}

/** Where each of the terms stands first, if all of them do. */
export function placesOf(words: readonly Word[], terms: readonly Term[]): Word[] | undefined {
  const places: Word[] = []
  for (const { words: wanted, begins } of terms) {
    const at = words.findIndex((_, start) =>
      wanted.every((one, offset) => {
        const word = words[start + offset]?.word
        return begins ? word?.startsWith(one) : word === one
      }),
    )
    if (at === -1) return undefined
    places.push(...words.slice(at, at + wanted.length))
  }
  return places
}

function shortened(word: string): string {
  return word.length <= longest ? word : [...word].slice(0, longest).join('')
}

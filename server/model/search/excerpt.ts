import type { SearchMatch } from '../../../protocol/search.ts'
import type { Word } from './words.ts'

type Excerpt = SearchMatch['excerpt']

const before = 60
const longest = 180

/** A line of the text with the first of the places in it, and where in the line they stand. Never anything but text. */
export function excerptOf(text: string, words: readonly Word[], places: readonly Word[]): Excerpt {
  const first = Math.min(...places.map(({ from }) => from))
  // It begins and ends with whole words, and so never within a character.
  const begin = first <= before ? 0 : (words.find(({ from }) => from >= first - before)?.from ?? first)
  const end = endOf(text, words, begin)
  const leading = begin > 0 ? '…' : ''
  const line = text.slice(begin, end).toWellFormed().replace(/\s/g, ' ')
  const ranges = places
    .filter(({ from, to }) => from >= begin && to <= end)
    .map(({ from, to }) => ({ from: from - begin + leading.length, to: to - begin + leading.length }))
  return { text: `${leading}${line}${end < text.length ? '…' : ''}`, ranges: joined(ranges) }
}

function endOf(text: string, words: readonly Word[], begin: number): number {
  const most = begin + longest
  if (text.length <= most) return text.length
  const end = words.findLast(({ from, to }) => from > begin && to <= most)?.to
  return end ?? most
}

/** Those that touch or overlap are one. */
function joined(ranges: Excerpt['ranges']): Excerpt['ranges'] {
  const all: Excerpt['ranges'] = []
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = all.at(-1)
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to)
    else all.push({ ...range })
  }
  return all
}

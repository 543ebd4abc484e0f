import { addresses, breakouts } from './corpus/addresses.ts'
import { tags } from './corpus/tags.ts'
import { keys, markup, signs, templates } from './corpus/words.ts'

/**
 * Texts that would run, load, break out or mislead where somebody took them for more than text. `hit()` is what runs,
 * trap.example is what loads; a page that shows these must know of neither.
 */
export const corpus: readonly string[] = [
  ...new Set([...tags, ...breakouts, ...addresses, ...markup, ...templates, ...keys, ...signs]),
].map((text) => text.trim())

/** As few texts as hold them all, each of at most so many characters, one line a piece. */
export function packed(most: number, texts: readonly string[] = corpus): string[] {
  const packs: string[] = []
  for (const text of texts.filter(({ length }) => length <= most)) {
    const last = packs.at(-1)
    if (last !== undefined && last.length + 1 + text.length <= most) packs[packs.length - 1] = `${last}\n${text}`
    else packs.push(text)
  }
  return packs
}

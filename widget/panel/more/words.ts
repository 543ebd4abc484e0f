import type { MoreTexts } from '../../texts/more-en.ts'

let given: MoreTexts | undefined

/** The words of this part of the panel, in the visitor's language. */
export function useWords(): MoreTexts {
  return presentWords()
}

/** The same, for what is not drawn by itself. */
export function presentWords(): MoreTexts {
  if (!given) throw new Error('no texts')
  return given
}

export function setWords(words: MoreTexts): void {
  given = words
}

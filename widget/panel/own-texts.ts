/**
 * The texts, where the page wants them in other words: `wanted` has them by name, for every language, and under a
 * language's two letters for that one. Words stay words, whatever stands in them.
 */
export function inOwnWords<Texts extends object>(texts: Texts, wanted: unknown, language: string): Texts {
  const all: Record<string, unknown> = Object(wanted)
  return wordsFor(texts, { ...all, ...Object(all[language]) })
}

const longest = 500

function wordsFor<Texts extends object>(texts: Texts, wanted: Record<string, unknown>): Texts {
  const words = Object.entries(texts).map(([name, text]) => [name, wordFor(text, wanted[name])])
  return { ...texts, ...Object.fromEntries(words) }
}

function wordFor(text: unknown, wanted: unknown): unknown {
  if (typeof text === 'object' && text !== null) return wordsFor(text, Object(wanted))
  if (typeof wanted !== 'string' || !wanted.trim()) return text
  const word = wanted.slice(0, longest)
  return typeof text === 'function' ? (value: unknown) => word.replace(/\{\w+\}/, () => String(value)) : word
}

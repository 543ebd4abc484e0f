/**
 * What a visitor calls himself, made fit to stand beside a seal (AG3).
 *
 * A name is text from outside. It must not carry a check of its own, turn the text around it, hide letters, or be
 * so tall that it covers its neighbours. Cleaning is for the eye only: the stored name stays as it was signed.
 */

/** Ticks in all their shapes, the root sign that passes for one, and the ballot boxes with a tick. */
const checkGlyphs =
  /[\u2705\u2611\u2713\u2714\u221A\u237B\u2717\u{1F5F8}\u{1F5F9}\u{1F5F3}\u{1FBB1}\u{10102}\u{1F197}\u{1F6E1}\u{1F3C5}\u{1F396}\u{1F530}]/gu
/** Format and control characters, private use, halves of pairs. */
const invisible = /[\p{Cf}\p{Cc}\p{Co}\p{Cs}]/gu
/** Letters that are drawn as nothing, and what chooses between a glyph's shapes. */
const blank =
  /\u034F|[\u115F\u1160\u2800\u3164\uFFA0]|[\u17B4\u17B5]|[\u180B-\u180F]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/gu
const towers = /(\p{M}{2})\p{M}+/gu
const longest = 120

/** The name as it may be shown, or null if nothing is left of it. */
export function cleanName(name: string | null): string | null {
  if (name === null) return null
  const clean = name
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\t\r\n]+/gu, ' ')
    .replace(invisible, '')
    .replace(blank, '')
    .replace(checkGlyphs, '')
    .replace(towers, '$1')
    .replace(/ {2,}/g, ' ')
    .trim()
  return clean === '' ? null : [...clean].slice(0, longest).join('')
}

/** One or two letters for an avatar. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.@_-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last].map((word) => (word ? firstLetter(word) : '')).join('')
}

function firstLetter(word: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(word)?.[0] ?? ''
  return letter.toLocaleUpperCase()
}

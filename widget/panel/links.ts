export type Piece = string | { href: string; text: string }

// Bounded, and looking behind: long texts must not cost the square of their length.
const address = /\b(?:https?:\/\/|mailto:|tel:|www\.)[^\s<>"']+|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gi
const safe = /^(https?|mailto|tel):/i

/** A message's text with its addresses found. Whatever is not plainly safe stays text (AG6). */
export function withLinks(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(address)) {
    const found = withoutTrailing(match[0])
    const href = asHref(found)
    if (!href) continue
    if (match.index > end) pieces.push(text.slice(end, match.index))
    pieces.push({ href, text: found })
    end = match.index + found.length
  }
  if (end < text.length) pieces.push(text.slice(end))
  return pieces
}

/** A full stop or a bracket after an address belongs to the sentence. */
function withoutTrailing(found: string): string {
  const trimmed = found.replace(/(?<![.,;:!?…])[.,;:!?…]+$/, '')
  return trimmed.endsWith(')') && !trimmed.includes('(') ? trimmed.slice(0, -1) : trimmed
}

function asHref(found: string): string | undefined {
  const whole = /^www\./i.test(found) ? `https://${found}` : safe.test(found) ? found : `mailto:${found}`
  return safe.test(whole) && URL.canParse(whole) ? whole : undefined
}

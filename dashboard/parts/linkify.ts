/** A message's text cut into plain text and links. Only addresses that cannot run anything become links (AG6). */
export type Piece = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string }

/** Format and control characters end an address, so that what is shown is where it leads. */
const address = /(?<![A-Za-z0-9:])(?:https?:\/\/|mailto:|tel:)[^\s\p{Cf}\p{Cc}<>"“”«»]+/giu
const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:'])
/** They turn the direction of whatever follows; isolation by the browser does what is honest in them. */
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/g

export function linkify(raw: string): Piece[] {
  const text = raw.replace(bidiControls, '')
  const pieces: Piece[] = []
  let done = 0
  for (const match of text.matchAll(address)) {
    const shown = withoutTrailingMarks(match[0])
    const href = safeAddress(shown)
    if (href === undefined) continue
    if (match.index > done) pieces.push({ kind: 'text', text: text.slice(done, match.index) })
    pieces.push({ kind: 'link', text: shown, href })
    done = match.index + shown.length
  }
  if (done < text.length) pieces.push({ kind: 'text', text: text.slice(done) })
  return pieces
}

function safeAddress(text: string): string | undefined {
  const url = URL.parse(text)
  if (url === null || !allowed.has(url.protocol)) return undefined
  // https://bank.example@evil.example shows one host and leads to another.
  if (url.username !== '' || url.password !== '') return undefined
  if (url.protocol.startsWith('http') ? url.hostname === '' : url.pathname === '') return undefined
  return url.href
}

/** A full stop after an address belongs to the sentence, a closing bracket to the one that opened before it. */
function withoutTrailingMarks(text: string): string {
  // Counted once: text that is all brackets must not cost the square of its length.
  const unopened = { ')': count(text, ')') - count(text, '('), ']': count(text, ']') - count(text, '[') }
  let end = text.length
  while (end > 0) {
    const last = text.charAt(end - 1)
    if ((last === ')' || last === ']') && unopened[last] > 0) unopened[last] -= 1
    else if (!/[.,;:!?'’…]/.test(last)) break
    end -= 1
  }
  return text.slice(0, end)
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1
}

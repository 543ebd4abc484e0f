/**
 * Is this one of the pages that are named? A name begins with `/` or with the site's own address, and `*` in it stands
 * for anything. Only the path counts, and the query where the name has one.
 */
export function isOneOf(names: readonly unknown[], address: string): boolean {
  const { origin, pathname, search } = new URL(address)
  return names.some((name) => {
    const pattern = String(name)
    const page = (pattern.startsWith('/') ? '' : origin) + pathname + (pattern.includes('?') ? search : '')
    return matches(pattern, page)
  })
}

/** Piece by piece, because a pattern of somebody's must not cost more than its length. */
function matches(pattern: string, page: string): boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  if (last === undefined) return page === pattern
  if (!page.startsWith(first) || !page.endsWith(last) || page.length < first.length + last.length) return false
  let rest = page.slice(first.length, page.length - last.length)
  for (const piece of others) {
    const at = rest.indexOf(piece)
    if (at < 0) return false
    rest = rest.slice(at + piece.length)
  }
  return true
}

/** Keys and values of a JSON object. A map, so that `__proto__` and `constructor` are keys like any other. */
export type JsonObject = ReadonlyMap<string, unknown>

// A byte order mark is not JSON; kept in the text, it makes the parser refuse it.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads one JSON object in UTF-8. Throws a `SyntaxError` or `TypeError` that says in a phrase what is wrong. */
export function parseJsonObject(bytes: Uint8Array): JsonObject {
  const text = utf8.decode(bytes)
  const value: unknown = JSON.parse(text)
  if (!isPlainObject(value)) throw new SyntaxError('not a JSON object')
  if (membersWritten(text) !== membersKept(value)) throw new SyntaxError('a key is repeated')
  return new Map(Object.entries(value))
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The parser silently keeps the last of two equal keys, and another reader of the same token may keep the first. In
 * valid JSON each colon outside a string writes one member, so fewer members than colons means that one was lost,
 * on whatever level and however its key was escaped.
 */
function membersWritten(text: string): number {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1
}

// Not recursive: 8 KiB of brackets is a few thousand levels.
function membersKept(root: Record<string, unknown>): number {
  let members = 0
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (Array.isArray(value)) for (const item of value) open.push(item)
    if (!isPlainObject(value)) continue
    const values = Object.values(value)
    members += values.length
    for (const item of values) open.push(item)
  }
  return members
}

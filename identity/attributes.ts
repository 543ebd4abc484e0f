import { TokenRefused } from './errors.ts'
import { isPlainObject, type JsonObject } from './json-object.ts'

const maxBytes = 4 * 1024
const maxDepth = 8

// Harmless here, but whoever copies an object key by key would write to a prototype with them.
const droppedKeys = ['__proto__', 'constructor', 'prototype']

/** VT14: an object of at most 4 KiB as JSON and 8 levels. `null` counts as absent. */
export function readAttributes(claims: JsonObject): Record<string, unknown> {
  const given = claims.get('attributes') ?? {}
  // PHP writes an empty array where it means an empty object.
  if (Array.isArray(given) && given.length === 0) return {}
  if (!isPlainObject(given)) throw invalid('not an object')
  const attributes = copyObject(given, 1)
  if (Buffer.byteLength(JSON.stringify(attributes)) > maxBytes) throw invalid('longer than 4 KiB')
  return attributes
}

function copyObject(object: Record<string, unknown>, depth: number): Record<string, unknown> {
  const kept = Object.entries(object).filter(([key]) => !droppedKeys.includes(key))
  return Object.fromEntries(kept.map(([key, value]) => [copyText(key), copyValue(value, depth)]))
}

function copyValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return copyText(value)
  // 1e400 is infinite once it is read, and would be stored as null.
  if (typeof value === 'number' && !Number.isFinite(value)) throw invalid('a number that is not finite')
  if (typeof value !== 'object' || value === null) return value
  if (depth === maxDepth) throw invalid('more than 8 levels')
  return Array.isArray(value)
    ? value.map((item) => copyValue(item, depth + 1))
    : copyObject(isPlainObject(value) ? value : {}, depth + 1)
}

// A NUL and half a character are what a database cannot keep.
function copyText(text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) throw invalid('a character that cannot be stored')
  return text
}

function invalid(detail: string): TokenRefused {
  return new TokenRefused('claim_invalid', { field: 'attributes', detail })
}

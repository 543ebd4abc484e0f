/** A valid value out of a schema of protocol/. Where ids are asked for, those of the run stand. */
import type { TSchema } from 'typebox'
import type { Seeded } from '../../faults/seeded.ts'
import { uuid } from './edges.ts'

interface Shape {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  patternProperties?: Record<string, Shape>
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** What stands for a field of this name more often than anything else. */
const known: Record<string, readonly string[]> = {
  project: ['<<project>>', '<<project>>', '<<project>>', '<<other>>', 'legacy-shop'],
  conversation: ['<<conversation>>', '<<conversation>>', '<<foreign>>'],
  conversationId: ['<<conversation>>', '<<conversation>>', '<<foreign>>'],
  before: ['<<message>>'],
  page: ['<<cursor>>', 'MTIzNA', '1700000000000.<<conversation>>'],
  session: ['<<session>>', '<<session>>', '<<session>>', 'x'.repeat(43)],
  previousSession: ['<<session>>', 'x'.repeat(43)],
  cursor: ['<<cursor>>', '<<cursor>>', 'x.1', '<<epoch>>.0', '<<epoch>>.999999999999999'],
  token: ['<<token>>', '<<token>>', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJpYXQiOjF9.', '<<invitation>>'],
  key: ['<<key>>'],
  agent: ['<<me>>'],
  assigneeId: ['<<me>>'],
  assignee: ['me', 'none', '<<me>>'],
  email: ['somebody@example.com', '<<email>>'],
}
const words = [
  'hello',
  'Grace',
  'two words',
  'Ünï cödé',
  '日本語',
  '😀',
  "O'Hara; --",
  '%_\\',
  '"',
  'ﬁ',
  'a'.repeat(40),
]

export function valid(rng: Seeded, schema: TSchema, name = ''): unknown {
  return fromShape(rng, schema as Shape, name)
}

function fromShape(rng: Seeded, shape: Shape, name: string): unknown {
  if ('const' in shape) return shape.const
  if (shape.enum) return rng.pick(shape.enum)
  if (shape.anyOf) return fromShape(rng, rng.pick(shape.anyOf) ?? {}, name)
  switch (shape.type) {
    case 'object':
      return shape.properties ? fields(rng, shape) : record(rng)
    case 'array':
      return Array.from({ length: rng.whole(0, 3) }, () => fromShape(rng, shape.items ?? {}, name))
    case 'integer':
      return name === 'v' ? 1 : rng.whole(shape.minimum ?? 0, Math.min(shape.maximum ?? 50, 2_000_000))
    case 'boolean':
      return rng.chance(0.5)
    case 'null':
      return null
    case 'string':
      return string(rng, shape, name)
    default:
      return rng.pick([1, 'anything', null, [1, [2]], { a: { b: [] } }])
  }
}

function fields(rng: Seeded, { properties = {}, required = [] }: Shape): Record<string, unknown> {
  const present = Object.entries(properties).filter(([name]) => required.includes(name) || rng.chance(0.6))
  return Object.fromEntries(present.map(([name, shape]) => [name, fromShape(rng, shape, name)]))
}

function record(rng: Seeded): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: rng.whole(0, 4) }, (_none, at) => [`k${at}`, rng.pick(words)]))
}

function string(rng: Seeded, { pattern = '', minLength = 0, maxLength }: Shape, name: string): string {
  const choice = known[name]
  if (choice && rng.chance(0.9)) return rng.pick(choice) ?? ''
  if (pattern.startsWith('^[0-9a-f]{8}')) return uuid(rng)
  if (pattern.startsWith('^[0-9]')) return String(rng.whole(0, rng.chance(0.8) ? 100 : 999_999_999))
  if (pattern.startsWith('^https')) return rng.pick(['https://example.com', 'http://localhost:3000']) ?? ''
  if (pattern.startsWith('^#')) return '#0a0B0c'
  if (pattern.startsWith('^[A-Za-z0-9_-]{1,64}')) return rng.pick(['legacy-shop', 'a', 'Z_9']) ?? ''
  if (pattern.includes('@')) return `${rng.whole(0, 1_000)}@example.com`
  const text = rng.pick(words) ?? ''
  return text.padEnd(minLength, 'p').slice(0, maxLength ?? text.length + minLength)
}

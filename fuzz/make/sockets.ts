/** What is said on one connection: an orderly conversation, and then disorder in it. */
import type { Seeded } from '../../faults/seeded.ts'
import { ClientFrame } from '../../protocol/frames.ts'
import type { Piece, SocketCase, Who } from '../case.ts'
import { bytes, edge } from './edges.ts'
import { mutated, mutatedText } from './mutate.ts'
import { valid } from './valid.ts'

const [Hello, ...Others] = ClientFrame.anyOf
const hello = '{"type":"hello","v":1,"project":"<<project>>"}'
const helloOfVisitor = '{"type":"hello","v":1,"project":"<<project>>","session":"<<session>>"}'

export function socketCase(rng: Seeded): SocketCase {
  const who = rng.weighted<Who>({ visitor: 5, agent: 2, owner: 1, nobody: 1 }) ?? 'visitor'
  const pieces = Array.from({ length: rng.whole(1, 80) }, () => ordinary(rng))
  if (rng.chance(0.92)) pieces.unshift(greeting(rng, who))
  // What is no frame closes the connection, so a disorder of that kind comes late and once.
  const broken = rng.chance(0.35) ? [disorder(rng)] : []
  if (rng.chance(0.004)) pieces.push(...Array.from({ length: 2_500 }, () => ({ text: '{"type":"ping"}' })))
  return { way: 'socket', who, pieces: [...pieces, ...broken], end: rng.chance(0.1) ? 'cut' : 'settle' }
}

function greeting(rng: Seeded, who: Who): Piece {
  if (rng.chance(0.7)) return { text: who === 'visitor' ? helloOfVisitor : hello }
  if (rng.chance(0.7)) return { text: JSON.stringify(valid(rng, Hello)) }
  return { text: mutated(rng, valid(rng, Hello)) }
}

/** A frame that the server takes, however odd what is in it. */
function ordinary(rng: Seeded): Piece {
  const schema = rng.pick(Others)
  const frame = schema && valid(rng, schema)
  if (typeof frame !== 'object' || frame === null) return { text: '{"type":"ping"}' }
  const unknown = rng.chance(0.1) ? { more: rng.whole(0, 9), __proto: 1 } : {}
  const odd = rng.chance(0.3) ? { text: oddText(rng) } : {}
  const text = JSON.stringify({ ...frame, ...('text' in frame ? odd : {}), ...unknown })
  const whole = rng.chance(0.1) ? withEdge(rng, text) : text
  return rng.chance(0.05) ? { fragments: inParts(rng, whole) } : { text: whole }
}

function oddText(rng: Seeded): string {
  return rng.pick(['', ' ', '\u0000', 'a\ud800', '\u202e', 'x'.repeat(8_000), 'x'.repeat(8_001), '\n'.repeat(99)]) ?? ''
}

/** In attributes anything may stand that is JSON. */
function withEdge(rng: Seeded, text: string): string {
  const odd = text.replace(/}$/, `,"attributes":{"a":${edge(rng)}}}`)
  return isJson(odd) ? odd : text
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function disorder(rng: Seeded): Piece {
  const text = (): string => mutated(rng, valid(rng, ClientFrame))
  switch (rng.whole(0, 9)) {
    case 0:
      return { text: edge(rng) }
    case 1:
      return { text: mutatedText(rng, text()) }
    case 2:
      return { binary: bytes(rng, 400).toString('base64') }
    case 3:
      return { binary: Buffer.from('{"type":"ping"}').toString('base64') }
    case 4:
      return { raw: bytes(rng, 60).toString('base64') }
    case 5:
      return { control: rng.whole(8, 15), payload: bytes(rng, 140).toString('base64') }
    case 6:
      return { fragments: inParts(rng, text()) }
    case 7:
      return { text: hello }
    default:
      return { text: text() }
  }
}

function inParts(rng: Seeded, text: string): string[] {
  const at = [rng.whole(0, text.length), rng.whole(0, text.length)].sort((a, b) => a - b)
  return [text.slice(0, at[0]), text.slice(at[0], at[1]), text.slice(at[1])]
}

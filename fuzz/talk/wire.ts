/** WebSocket frames as bytes: written with any fault one likes, and read strictly. */
import type { Piece } from '../case.ts'

const mask = Buffer.from([0x5a, 0xa5, 0x3c, 0xc3])

export function bytesOf(piece: Piece): Buffer {
  if ('text' in piece) return frame(1, Buffer.from(piece.text))
  if ('binary' in piece) return frame(2, Buffer.from(piece.binary, 'base64'))
  if ('control' in piece) return frame(piece.control, Buffer.from(piece.payload, 'base64'))
  if ('raw' in piece) return Buffer.from(piece.raw, 'base64')
  const last = piece.fragments.length - 1
  return Buffer.concat(piece.fragments.map((text, at) => frame(at === 0 ? 1 : 0, Buffer.from(text), at === last)))
}

function frame(opcode: number, payload: Buffer, final = true): Buffer {
  const head = Buffer.alloc(10)
  head[0] = (final ? 0x80 : 0) | opcode
  const length = writeLength(head, payload.length)
  const masked = Buffer.from(payload)
  for (let at = 0; at < masked.length; at += 1) masked[at] = (masked[at] ?? 0) ^ (mask[at % 4] ?? 0)
  return Buffer.concat([head.subarray(0, length), mask, masked])
}

function writeLength(head: Buffer, length: number): number {
  if (length < 126) {
    head[1] = 0x80 | length
    return 2
  }
  if (length < 65_536) {
    head[1] = 0x80 | 126
    head.writeUInt16BE(length, 2)
    return 4
  }
  head[1] = 0x80 | 127
  head.writeBigUInt64BE(BigInt(length), 2)
  return 10
}

/** Takes what the server sends apart. */
export class Reader {
  #rest: Buffer = Buffer.alloc(0)
  #tell: (opcode: number, payload: Buffer) => void

  constructor(tell: (opcode: number, payload: Buffer) => void) {
    this.#tell = tell
  }

  take(bytes: Buffer): void {
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    for (let frame = first(rest); frame; frame = first(rest)) {
      rest = rest.subarray(frame.end)
      this.#tell(frame.opcode, frame.payload)
    }
    this.#rest = rest
  }
}

/** Where the length does not fit into seven bits, two bytes or eight follow. */
const headLengths = new Map([
  [126, 4],
  [127, 10],
])

function first(bytes: Buffer): { opcode: number; payload: Buffer; end: number } | undefined {
  if (bytes.length < 2) return undefined
  const short = (bytes[1] ?? 0) & 127
  const head = headLengths.get(short) ?? 2
  if (bytes.length < head) return undefined
  const end = head + payloadLength(bytes, short)
  if (bytes.length < end) return undefined
  return { opcode: (bytes[0] ?? 0) & 15, payload: bytes.subarray(head, end), end }
}

function payloadLength(bytes: Buffer, short: number): number {
  if (short === 126) return bytes.readUInt16BE(2)
  return short === 127 ? Number(bytes.readBigUInt64BE(2)) : short
}

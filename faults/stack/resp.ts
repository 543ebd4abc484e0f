/** Cuts the bytes that Redis sends into whole replies, as far as it takes to tell a published message from the rest. */

const lineEnd = Buffer.from('\r\n')

export class Replies {
  #left: Buffer = Buffer.alloc(0)

  /** The replies that are complete now. */
  take(chunk: Buffer): Buffer[] {
    this.#left = this.#left.length === 0 ? chunk : Buffer.concat([this.#left, chunk])
    const replies: Buffer[] = []
    for (let end = endOf(this.#left, 0); end !== undefined; end = endOf(this.#left, 0)) {
      replies.push(this.#left.subarray(0, end))
      this.#left = this.#left.subarray(end)
    }
    return replies
  }
}

/** `message` to a subscriber, as an array (RESP2) or as a push (RESP3). */
export function isPublished(reply: Buffer): boolean {
  const kind = String.fromCharCode(reply[0] ?? 0)
  return (
    (kind === '*' || kind === '>') && reply.subarray(0, 20).toString('latin1').slice(1).startsWith('3\r\n$7\r\nmessage')
  )
}

/** Where the reply that begins at `from` ends; undefined while it is not all there. */
function endOf(bytes: Buffer, from: number): number | undefined {
  const at = bytes.indexOf(lineEnd, from)
  if (from >= bytes.length || at < 0) return undefined
  const kind = String.fromCharCode(bytes[from] ?? 0)
  const count = Number(bytes.subarray(from + 1, at).toString('latin1'))
  const next = at + 2
  if ('$=!'.includes(kind)) return endOfBulk(bytes, next, count)
  if ('*>~'.includes(kind)) return endOfMany(bytes, next, count)
  if (kind === '%' || kind === '|') return endOfMany(bytes, next, count * 2)
  return next
}

function endOfBulk(bytes: Buffer, from: number, length: number): number | undefined {
  if (length < 0) return from
  const end = from + length + 2
  return end <= bytes.length ? end : undefined
}

function endOfMany(bytes: Buffer, from: number, count: number): number | undefined {
  let end: number | undefined = from
  for (let left = count; left > 0 && end !== undefined; left--) end = endOf(bytes, end)
  return end
}

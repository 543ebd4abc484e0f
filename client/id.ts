type Bytes = Uint8Array<ArrayBuffer>

/** A UUIDv7: random, but in the order of its making, which keeps database indexes and unsent messages in order. */
export function newId(now = Date.now(), random: (bytes: Bytes) => Bytes = fill): string {
  const bytes = random(new Uint8Array(16))
  let hex = now.toString(16).padStart(12, '0').slice(-12)
  for (const [index, byte] of bytes.entries()) {
    if (index === 6) hex += (0x70 | (byte & 0x0f)).toString(16)
    else if (index === 8) hex += (0x80 | (byte & 0x3f)).toString(16)
    else if (index > 5) hex += byte.toString(16).padStart(2, '0')
  }
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function fill(bytes: Bytes): Bytes {
  // Not randomUUID: plain http pages have getRandomValues only.
  return crypto.getRandomValues(bytes)
}

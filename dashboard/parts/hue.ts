/** A steady number out of an id, for colours and figures. */
export function seedOf(id: string): number {
  let hash = 2_166_136_261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16_777_619)
  return hash >>> 0
}

/** One of twelve hues, far enough apart to be told from one another. */
export function hueOf(id: string): number {
  return (seedOf(id) % 12) * 30 + 15
}

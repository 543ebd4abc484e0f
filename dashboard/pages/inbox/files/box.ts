/** How large a picture stands in the thread. Known before it is fetched, so that nothing moves when it comes. */
const widest = 280
const highest = 240
const least = 64
const unknown = { width: 200, height: 150 }

export interface Box {
  width: number
  height: number
}

export function boxOf({ width, height }: { width: number | null; height: number | null }): Box {
  if (width === null || height === null) return unknown
  const scale = Math.min(1, widest / width, highest / height)
  const within = (length: number, most: number) => Math.min(most, Math.max(least, Math.round(length * scale)))
  return { width: within(width, widest), height: within(height, highest) }
}

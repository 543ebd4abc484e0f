import type { Attachment } from '../../../protocol/records.ts'

const widest = 240
const highest = 280
const least = 48

/** The place of an image in a bubble, known before the image is; very long ones are cut. */
export function boxOf({ width, height }: Attachment): { width: number; height: number } | undefined {
  if (!width || !height) return undefined
  const scale = Math.min(1, widest / width, highest / height)
  const within = (length: number, most: number) => Math.round(Math.min(most, Math.max(least, length * scale)))
  return { width: within(width, widest), height: within(height, highest) }
}

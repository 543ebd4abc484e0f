import type { ReadableAtom } from 'nanostores'
import type { Link } from '../../../client/attachment-links.ts'
import type { PickedFile } from '../../../client/picked-file.ts'
import type { Attachment } from '../../../protocol/records.ts'

/**
 * Small pictures, as bytes. They are fetched and painted, not loaded by an address of their own: pages that say what
 * images they show (`img-src`) need not know of us.
 */
export interface Pictures {
  of(attachment: Attachment): Promise<Blob>
}

/** As many small pictures are kept; those further up are fetched anew. */
const most = 100

export function createPictures(
  linkTo: (attachment: string) => Promise<Link>,
  files: ReadableAtom<readonly PickedFile[]>,
): Pictures {
  const known = new Map<string, Promise<Blob>>()

  function of({ id }: Attachment): Promise<Blob> {
    const own = files.get().find(({ attachment }) => attachment?.id === id)?.file
    const kept = known.get(id) ?? (own ? Promise.resolve(own) : fetchSmall(id))
    known.delete(id)
    known.set(id, kept)
    kept.catch(() => known.delete(id))
    for (const oldest of known.keys()) if (known.size > most) known.delete(oldest)
    return kept
  }

  async function fetchSmall(id: string): Promise<Blob> {
    const { url, thumbnailUrl } = await linkTo(id)
    return fetchBytes(thumbnailUrl ?? url)
  }

  return { of }
}

export async function fetchBytes(address: string): Promise<Blob> {
  const response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' })
  if (!response.ok) throw new Error(`${response.status}`)
  return response.blob()
}

/** Fills the canvas with the picture, cut at the edges where the forms differ. */
export async function paint(canvas: HTMLCanvasElement, picture: Blob): Promise<void> {
  const bitmap = await createImageBitmap(picture)
  const { width, height } = canvas
  const scale = Math.max(width / bitmap.width, height / bitmap.height)
  const [wide, high] = [bitmap.width * scale, bitmap.height * scale]
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.clearRect(0, 0, width, height)
  context.drawImage(bitmap, (width - wide) / 2, (height - high) / 2, wide, high)
  bitmap.close()
}

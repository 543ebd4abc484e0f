/**
 * A process of its own, with nothing in its environment: it makes pictures anew, one at a time. Whatever a picture
 * carries along (where it was taken, with which camera, what is hidden behind its end) stays behind, and whatever its
 * decoder may be made to do, it does here.
 */
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { ImageJob, ImageOutcome } from './images.ts'

const loaders = ['JpegFile', 'PngFile', 'WebpFile', 'NsgifFile'].map((name) => `VipsForeignLoad${name}`)

sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: loaders })
sharp.cache(false)
sharp.concurrency(1)

process.on('message', (job: ImageJob) => {
  void prepare(job).then((outcome) => process.send?.(outcome))
})
// Whoever gave the work has gone, or has no more.
process.on('disconnect', () => process.exit())

async function prepare(job: ImageJob): Promise<ImageOutcome> {
  try {
    // The limit is of all frames together, and is held before anything is decoded.
    const animated = job.type === 'image/gif' || job.type === 'image/webp'
    const options = { limitInputPixels: job.mostPixels, failOn: 'error', sequentialRead: true } as const
    const { format, pages = 1 } = await sharp(job.from, { ...options, animated }).metadata()
    if (`image/${format}` !== job.type) return { refused: 'image_unreadable' }
    const seconds = Math.ceil(job.ms / 1000)
    const image = sharp(job.from, { ...options, animated }).timeout({ seconds })
    const made = await (pages > 1 ? image : image.autoOrient()).toFormat(format).toBuffer({ resolveWithObject: true })
    const small = await sharp(job.from, options)
      .timeout({ seconds })
      .autoOrient()
      .resize({ width: job.thumbnail, height: job.thumbnail, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer()
    const { width, height, pageHeight } = made.info
    return (await isWritten(job, made.data, small))
      ? { width, height: pageHeight ?? height }
      : { refused: 'unavailable' }
  } catch (error) {
    const tooLarge = error instanceof Error && /pixel limit|too large/i.test(error.message)
    return { refused: tooLarge ? 'image_too_large' : 'image_unreadable' }
  }
}

/** A disk that is full says nothing about the picture. */
async function isWritten({ to, toThumbnail }: ImageJob, made: Buffer, small: Buffer): Promise<boolean> {
  try {
    await writeFile(to, made, { flag: 'wx', mode: 0o600 })
    await writeFile(toThumbnail, small, { flag: 'wx', mode: 0o600 })
    return true
  } catch {
    return false
  }
}

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { FileRefused } from '../../files/file-refused.ts'
import { Images } from '../../files/images.ts'
import { animatedGif, jpegWithPlace } from '../pictures.ts'

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => (error instanceof FileRefused ? error.code : String(error)),
  )

const job = (from: string) => ({ type: 'image/png' as const, from, to: '', toThumbnail: '' })
const program = join(import.meta.dirname, 'hanging-process.ts')

test('[AT2] a picture that ends its process or makes it talk nonsense is refused alone', async () => {
  const images = new Images({ program })
  const codes = ['dies', 'talks', 'good'].map((name) => codeOf(images.prepare(job(name), name)))
  expect(await Promise.all(codes)).toEqual(['image_unreadable', 'image_unreadable', 'done'])
  images.stop()
})

test('[AT2] one that hangs is refused in the end, and takes its process with it', async () => {
  const images = new Images({ program, ms: 100 })
  expect(await codeOf(images.prepare(job('hangs'), 'one'))).toBe('image_unreadable')
  expect(images.running).toBe(false)
})

test('[AT4] what a stopping server does not come to is refused, to be sent again, and so is what finds no room', async () => {
  const stopping = new Images({ program })
  const codes = ['hangs', 'good'].map((name) => codeOf(stopping.prepare(job(name), name)))
  stopping.stop()
  expect(await Promise.all(codes)).toEqual(['unavailable', 'unavailable'])
  const folder = mkdtempSync(join(tmpdir(), 'signet-images-'))
  const from = join(folder, 'a')
  writeFileSync(from, await jpegWithPlace())
  const images = new Images()
  const files = {
    type: 'image/jpeg' as const,
    from,
    to: join(folder, 'no', 'made'),
    toThumbnail: join(folder, 'small'),
  }
  expect(await codeOf(images.prepare(files, 'one'))).toBe('unavailable')
  images.stop()
  rmSync(folder, { recursive: true })
})

test('[AT2] not too many pictures wait, and the process is there only while there are some', async () => {
  const images = new Images({ program, idleMs: 20 })
  expect(images.running).toBe(false)
  const codes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => codeOf(images.prepare(job('good'), `${index}`))),
  )
  expect(codes).toEqual([...Array(16).fill('done'), ...Array(4).fill('rate_limited')])
  await vi.waitFor(() => expect(images.running).toBe(false), { timeout: 20_000 })
})

test('[AT2] who sends many waits for himself: another is next, and finds room', async () => {
  const images = new Images({ program })
  const order: string[] = []
  const prepare = async (by: string) => order.push(`${by} ${await codeOf(images.prepare(job('good'), by))}`)
  await Promise.all([...Array(9).fill('many'), 'another'].map(prepare))
  expect(order.filter((line) => line.endsWith('rate_limited'))).toHaveLength(2)
  expect(order.filter((line) => line.endsWith('done')).indexOf('another done')).toBe(1)
  images.stop()
})

test('[AT2] what a picture is and how large, its process sees for itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signet-images-'))
  const from = join(folder, 'a')
  writeFileSync(from, await jpegWithPlace())
  const files = { type: 'image/jpeg' as const, from, to: `${from}.made`, toThumbnail: `${from}.small` }
  const strict = new Images({ mostPixels: 799 * 600 })
  expect(await codeOf(strict.prepare(files, 'one'))).toBe('image_too_large')
  expect(readdirSync(folder)).toEqual(['a'])
  strict.stop()
  // Of each frame 200, and there are three.
  writeFileSync(from, await animatedGif())
  const still = new Images({ mostPixels: 500 })
  expect(await codeOf(still.prepare({ ...files, type: 'image/gif' }, 'one'))).toBe('image_too_large')
  still.stop()
  const images = new Images()
  expect(await codeOf(images.prepare({ ...files, type: 'image/png' }, 'one'))).toBe('image_unreadable')
  images.stop()
  rmSync(folder, { recursive: true })
})

/** Pictures for tests: real ones, and some that are not what they seem. */
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

export async function jpegWithPlace(): Promise<Uint8Array<ArrayBuffer>> {
  const place = {
    IFD0: { Make: 'SecretCam', Software: 'SecretCam' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 0/1' },
  }
  const bytes = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#27a' } })
    .withExif(place)
    .jpeg()
    .toBuffer()
  return new Uint8Array(bytes)
}

export async function animatedGif(): Promise<Uint8Array<ArrayBuffer>> {
  const frame = (background: string) =>
    sharp({ create: { width: 20, height: 10, channels: 3, background } })
      .png()
      .toBuffer()
  const frames = [await frame('#f00'), await frame('#0f0'), await frame('#00f')]
  return new Uint8Array(
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
  )
}

/** A picture of so many pixels in a few bytes: only its head says how large it would be. */
export function hugePng(width = 50_000, height = 50_000): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(1_000))), chunk('IEND', Buffer.alloc(0))]
  return new Uint8Array(Buffer.concat([signature, ...parts]))
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

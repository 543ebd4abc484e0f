/**
 * From a request to a file, never trusting what it says of itself: counted as it comes, and only for so long. Whoever
 * leaves in the middle, hangs or sends too much leaves nothing behind.
 */
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { FileRefused, unavailable } from './file-refused.ts'

export interface Receiving {
  most: number
  ms: number
  /** From then on nothing more is waited for. */
  stopping: AbortSignal
}

/** How long what is refused is still read, so that a browser gets to see the refusal. */
const drainMs = 5_000

/** Gives how many bytes came. What it has written when it throws, the caller removes. */
export function receive(source: Readable, path: string, { most, ms, stopping }: Receiving): Promise<number> {
  // He left while it was asked who he is: of what has ended already nothing more is heard.
  if (stopping.aborted) return Promise.reject(new FileRefused('unavailable'))
  if (source.destroyed) return Promise.reject(new FileRefused('invalid_request'))
  return new Promise((resolve, reject) => {
    let bytes = 0
    const out = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    const settle = () => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', stop)
      source.off('data', count).off('close', left).off('error', left)
    }
    const fail = (error: Error) => {
      settle()
      source.unpipe(out)
      // Whoever removes the file must not come before it is made.
      out.once('close', () => reject(error)).destroy()
    }
    const count = (chunk: Uint8Array) => {
      bytes += chunk.length
      if (bytes > most) fail(new FileRefused('attachment_too_large'))
    }
    const left = () => {
      if (!source.readableEnded) fail(new FileRefused('invalid_request'))
    }
    const stop = () => fail(new FileRefused('unavailable'))
    const timer = setTimeout(() => fail(new FileRefused('upload_too_slow')), ms)
    stopping.addEventListener('abort', stop)
    out.once('error', (error) => fail(unavailable(error)))
    out.once('finish', () => {
      settle()
      resolve(bytes)
    })
    source.on('data', count).once('close', left).once('error', left)
    source.pipe(out)
  })
}

export function drain(source: Readable, ms = drainMs): void {
  if (source.readableEnded || source.destroyed) return
  source.on('error', () => {})
  source.resume()
  const timer = setTimeout(() => source.destroy(), ms).unref()
  source.once('close', () => clearTimeout(timer))
}

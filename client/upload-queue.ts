import type { Attachment } from '../protocol/records.ts'
import type { Upload } from './attachments.ts'
import { backOff } from './back-off.ts'
import type { Clock } from './clock.ts'
import { passing } from './outbox.ts'

interface Heard {
  moved(key: string, share: number): void
  arrived(key: string, attachment: Attachment): void
  refused(key: string, failure: { code: string; message: string }): void
}

export interface UploadQueue {
  add(key: string, file: File): void
  cancel(key: string): void
  clear(): void
}

const atOnce = 3

/** A few files at a time; whatever says nothing about the file is tried again. */
export function createUploadQueue(upload: Upload, clock: Clock, random: () => number, heard: Heard): UploadQueue {
  const waiting = new Map<string, File>()
  const running = new Map<string, AbortController>()

  function begin(): void {
    for (const [key, file] of waiting) {
      if (running.size >= atOnce) return
      waiting.delete(key)
      void carry(key, file)
    }
  }

  async function carry(key: string, file: File): Promise<void> {
    const controller = new AbortController()
    running.set(key, controller)
    await untilAnswered(key, file, controller.signal)
    if (running.get(key) === controller) running.delete(key)
    begin()
  }

  async function untilAnswered(key: string, file: File, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const attachment = await upload(file, { signal, onProgress: (share) => heard.moved(key, share) })
        return heard.arrived(key, attachment)
      } catch (error) {
        if (signal.aborted) return
        const { code, message, retryAfterMs } = troubleOf(error)
        if (!passing.test(code) && code !== 'upload_too_slow') return heard.refused(key, { code, message })
        heard.moved(key, 0)
        await pause(retryAfterMs ?? 1_000 + backOff(attempt, random), signal)
      }
    }
  }

  function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const callOff = clock.after(ms, resolve)
      signal.addEventListener('abort', () => {
        callOff()
        resolve()
      })
    })
  }

  function cancel(key: string): void {
    waiting.delete(key)
    running.get(key)?.abort()
  }

  return {
    add(key, file) {
      waiting.set(key, file)
      begin()
    },
    cancel,
    clear() {
      for (const key of [...waiting.keys(), ...running.keys()]) cancel(key)
    },
  }
}

function troubleOf(error: unknown): { code: string; message: string; retryAfterMs?: number } {
  const { code = 'attachment_unreadable', message = String(error), retryAfterMs } = Object(error)
  return { code: String(code), message, retryAfterMs }
}

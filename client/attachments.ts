import type { Attachment } from '../protocol/records.ts'
import { ApiError, parse, refusal } from './api.ts'
import { type Clock, systemClock } from './clock.ts'

export interface UploadOptions {
  /** As for the api. */
  baseUrl: string
  project: string
  /** A visitor's session; left out, the cookie is the caller. */
  session?: () => string | undefined
  openRequest?: () => XMLHttpRequest
  clock?: Clock
}

export interface UploadWatch {
  /** From 0 to 1. */
  onProgress?: (share: number) => void
  /** Aborting it cancels the upload: it is refused with the signal's reason. */
  signal?: AbortSignal
}

/** Refused with an ApiError, as the calls of the api are. */
export type Upload = (file: File, watch?: UploadWatch) => Promise<Attachment>

/** A file may take its time, but something must move. */
const quietMs = 60_000

/** By XMLHttpRequest, which alone tells how much of a body has gone. */
export function createUpload(options: UploadOptions): Upload {
  const { baseUrl, project, session, openRequest = () => new XMLHttpRequest(), clock = systemClock } = options
  const address = `${baseUrl}/api/v1/projects/${encodeURIComponent(project)}/attachments?name=`

  return (file, { onProgress, signal } = {}) =>
    new Promise((resolve, reject) => {
      const request = openRequest()
      const offline = () => reject(new ApiError('offline', 0, 'The server cannot be reached.'))
      let callOff = () => {}
      const moved = () => {
        callOff()
        callOff = clock.after(quietMs, () => request.abort())
      }
      const cancel = () => request.abort()

      request.open('POST', address + encodeURIComponent(nameOf(file)))
      request.setRequestHeader('content-type', 'application/octet-stream')
      const bearer = session?.()
      if (bearer) request.setRequestHeader('authorization', `Bearer ${bearer}`)
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        moved()
        onProgress?.(total ? loaded / total : 0)
      })
      request.addEventListener('load', () => {
        const answer = parse(request.responseText)
        // As the api believes the server whose code this is.
        if (request.status === 201) resolve(answer as Attachment)
        else reject(refusal(request, answer))
      })
      request.addEventListener('error', offline)
      request.addEventListener('abort', () => (signal?.aborted ? reject(signal.reason) : offline()))
      request.addEventListener('loadend', () => {
        callOff()
        signal?.removeEventListener('abort', cancel)
      })
      if (signal?.aborted) return reject(signal.reason)
      signal?.addEventListener('abort', cancel)
      moved()
      request.send(file)
    })
}

/** What cannot be sent, or would be refused for its length, is of no use to whoever reads it. */
function nameOf({ name }: File): string {
  return name.slice(-255).replace(/\p{Cs}|\0/gu, '')
}

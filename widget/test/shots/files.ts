import type { Route } from 'playwright-core'
import sharp from 'sharp'
import type { Attachment } from '../../../protocol/records.ts'
import { idOf } from './scene.ts'

let count = 3_000

export function picture(name: string, width: number, height: number): Attachment {
  return { id: idOf(count++), name, type: 'image/jpeg', bytes: 482_113, width, height, thumbnail: true }
}

export function paper(name: string, type: 'application/pdf' | 'text/plain' = 'application/pdf'): Attachment {
  return { id: idOf(count++), name, type, bytes: 1_250_000, width: null, height: null, thumbnail: false }
}

/** Hills at dusk, in the form that was asked for. */
export async function draw(width: number, height: number, format: 'webp' | 'png' = 'webp'): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100"
    preserveAspectRatio="none"><linearGradient id="g" x2="0" y2="1"><stop stop-color="#f2b36b"/><stop offset="1"
    stop-color="#b0527a"/></linearGradient><path d="M0 0h100v100H0z" fill="url(#g)"/><circle cx="68" cy="36" r="9"
    fill="#fbe3b0"/><path d="M0 70q25-25 50-6t50-10v46H0z" fill="#4d3a63"/><path d="M0 84q30-16 55-5t45-7v28H0z"
    fill="#2b2440"/></svg>`
  return sharp(Buffer.from(svg)).toFormat(format).toBuffer()
}

interface Answered {
  status: number
  body?: unknown
  bytes?: Buffer
  attachment?: Attachment
}

/** What the stand-in says about files; undefined when something else is asked. A file called `refused…` is refused. */
export async function answerFiles(call: string, route: Route): Promise<Answered | undefined> {
  const { searchParams } = new URL(route.request().url())
  const name = searchParams.get('name') ?? 'file'
  const bytes = route.request().postDataBuffer()?.length ?? 0
  if (call.startsWith('POST') && call.endsWith('/attachments')) {
    if (name.startsWith('refused')) return refused(415, 'attachment_type_not_allowed')
    // For ever on its way.
    if (name.startsWith('slow')) return new Promise(() => {})
    const made = name.endsWith('.pdf') ? paper(name) : picture(name, 600, 400)
    const attachment = { ...made, bytes }
    return { status: 201, body: attachment, attachment }
  }
  if (call.endsWith('/link')) {
    const [, id = ''] = /attachments\/([^/]+)/.exec(call) ?? []
    const url = `/api/v1/files/${id}`
    return { status: 200, body: { url, thumbnailUrl: url, expiresAt: Date.now() + 300_000 } }
  }
  if (call.startsWith('GET /files/')) return { status: 200, bytes: await draw(480, 320) }
  return call.startsWith('DELETE') && call.includes('/attachments/') ? { status: 204 } : undefined
}

function refused(status: number, code: string): Answered {
  return { status, body: { error: { code, message: `${code}.` } } }
}

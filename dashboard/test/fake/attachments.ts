/** Files of messages, for looking at. The scene `files` has one of each; in `files-failing` none can be fetched. */
import sharp from 'sharp'
import { sentenceOf } from '../../../protocol/errors.ts'
import type { Attachment } from '../../../protocol/records.ts'
import type { Answer, Handler } from './answers.ts'
import { id, type Talk } from './people.ts'

const uploaded = new Map<string, Attachment>()

function picture(tail: string, name: string, width: number, height: number): Attachment {
  return { id: id(`7${tail}`), name, type: 'image/jpeg', bytes: 340_000, width, height, thumbnail: true }
}

function document(tail: string, name: string, type: 'application/pdf' | 'text/plain', bytes: number): Attachment {
  return { id: id(`7${tail}`), name, type, bytes, width: null, height: null, thumbnail: false }
}

const samples: readonly Attachment[][] = [
  [picture('1', 'teapot.jpg', 1_600, 1_200)],
  [picture('2', 'tall.jpg', 400, 1_800), picture('3', 'dot.png', 12, 12), picture('4', 'wide.jpg', 3_000, 300)],
  [
    document('5', 'Invoice 1843.pdf', 'application/pdf', 82_113),
    document('6', `${'a very long name that says everything '.repeat(4)}.txt`, 'text/plain', 912),
    document('7', '\u202efdp.exe', 'text/plain', 3_400_000),
  ],
]

export function addFiles(talks: readonly Talk[], now: number) {
  const talk = talks[0]
  const last = talk?.messages.at(-1)
  if (!talk || !last) return
  const texts = ['This is how it came', '', 'And what I was sent']
  samples.forEach((attachments, place) => {
    const fresh = { id: id(`6${place}`), clientId: id(`61${place}`), attachments, text: texts[place] ?? '' }
    talk.messages.push({ ...last, ...fresh, seq: (last.seq ?? 0) + 1 + place, createdAt: now - (4 - place) * 20_000 })
  })
  talks.slice(1, 4).forEach(({ conversation, messages }, place) => {
    const lastMessage = messages.at(-1)
    const attachments = samples[place]
    if (lastMessage && attachments) conversation.lastMessage = { ...lastMessage, text: '', attachments }
  })
}

export const attachmentAnswers: Record<string, Handler> = {
  'POST /attachments/*/link': (scene, key) => {
    if (scene.name === 'files-failing') {
      return { status: 503, value: { error: { code: 'unavailable', message: sentenceOf('unavailable') } } }
    }
    const url = `/api/v1/files/${key.split('/')[2]}`
    return { status: 200, value: { url, thumbnailUrl: `${url}?small`, expiresAt: Date.now() + 300_000 } }
  },
  'DELETE /projects/*/attachments/*': () => ({ status: 204 }),
}

export function upload(name: string, bytes: number): Answer {
  const code = 'attachment_type_not_allowed'
  if (name.includes('refuse')) return { status: 415, value: { error: { code, message: sentenceOf(code) } } }
  const isPicture = /png|jpe?g$/.test(name)
  const made = isPicture
    ? picture(`8${uploaded.size}`, name, 800, 600)
    : document(`8${uploaded.size}`, name, 'text/plain', bytes)
  uploaded.set(made.id, { ...made, bytes })
  return { status: 201, value: made }
}

export function uploadedAs(attachment: string): Attachment {
  return uploaded.get(attachment) ?? document('99', 'lost.txt', 'text/plain', 1)
}

/** Something to look at, of the size that was promised. */
export async function pictureOf(path: string): Promise<Buffer> {
  const wanted = path.split('/').at(-1)
  const known = [...samples.flat(), ...uploaded.values()].find((each) => each.id === wanted)
  const [width, height] = [known?.width ?? 400, known?.height ?? 300]
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
    <defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#1f6f54"/><stop offset="1" stop-color="#f2d7a0"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)"/><circle cx="50%" cy="50%" r="20%" fill="#fff" opacity=".6"/></svg>`
  return sharp(Buffer.from(drawn)).png().toBuffer()
}

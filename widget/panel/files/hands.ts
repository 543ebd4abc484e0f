import { createLinks, type Link } from '../../../client/attachment-links.ts'
import { createUpload, type Upload } from '../../../client/attachments.ts'
import type { PickedFile } from '../../../client/picked-file.ts'
import { createUploads, type KeptFile, type Uploads } from '../../../client/uploads.ts'
import type { Core } from '../../core.ts'
import { isSignedIn, type Who } from '../../who.ts'
import type { Surroundings } from '../app.tsx'
import type { Chat } from '../chat.ts'
import { keptName } from '../more/kept-name.ts'
import { announce } from './announcements.ts'
import { createPictures, type Pictures } from './pictures.ts'

/** What this chat's files are sent and fetched with. */
export interface Hands {
  uploads: Uploads
  linkTo(attachment: string): Promise<Link>
  pictures: Pictures
}

const all = new WeakMap<Chat, Hands>()

export function handsOf({ core, chat }: Surroundings): Hands {
  const known = all.get(chat)
  if (known) return known
  const made = createHands(core, chat)
  all.set(chat, made)
  return made
}

function createHands(core: Core, chat: Chat): Hands {
  const project = core.settings.projectid
  const uploads = createUploads({
    upload: uploadAs(core, chat),
    discard: (attachment) =>
      core.call('DELETE /projects/:project/attachments/:attachment', { params: { project, attachment } }),
    outbox: chat.outbox,
  })
  const linkTo = createLinks(async (attachment) => {
    const link = await core.call('POST /attachments/:attachment/link', { params: { attachment } })
    const { url, thumbnailUrl } = link
    return { ...link, url: core.base + url, thumbnailUrl: thumbnailUrl && core.base + thumbnailUrl }
  })
  keepFor(core, chat, uploads)
  // Once a message goes, the next one's files are another matter.
  chat.outbox.entries.listen(() => announce(undefined))
  return { uploads, linkTo, pictures: createPictures(linkTo, uploads.files) }
}

/** A guest who has not written yet is made known to the server by his first file. */
function uploadAs(core: Core, chat: Chat): Upload {
  const { who } = core.session
  const sessionOf = (now: Who) => (isSignedIn(now) ? now.session : undefined)
  return async (file, watch) => {
    chat.openGuest()
    while (!sessionOf(who.get())) await nextOf(who.listen)
    const session = () => sessionOf(who.get())
    return createUpload({ baseUrl: core.base, project: core.settings.projectid, session })(file, watch)
  }
}

function nextOf(listen: (heard: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const stop = listen(() => {
      stop()
      resolve()
    })
  })
}

/** Each sees his own files, also after a reload, as far as the server has them. */
function keepFor({ session, shelf, toWipe }: Core, chat: Chat, uploads: Uploads): void {
  let owner: string | undefined

  session.who.subscribe((now) => {
    // In between, while a session is renewed, nobody is there: nobody else, either.
    if (!isSignedIn(now) || now.owner === owner) return
    if (owner) uploads.clear()
    owner = now.owner
    const kept: unknown = shelf.get(keptName(owner))
    if (Array.isArray(kept)) uploads.restore(owner, kept.filter(isKeptFile))
  })
  toWipe.subscribe((owners) => {
    if (owner && owners.includes(owner)) uploads.clear()
  })
  uploads.files.listen((files) => {
    if (!owner) return
    const own = files.filter(({ place, failure }) => place === owner && failure?.code !== 'file_lost')
    if (own.length) shelf.set(keptName(owner), own.map(asKept))
    else shelf.remove(keptName(owner))
    chat.files.set(uploads.sendable(owner))
  })
  if (owner) chat.files.set(uploads.sendable(owner))
}

function asKept({ attachment, name, type, bytes }: PickedFile): KeptFile {
  return attachment ?? { name, type, bytes }
}

function isKeptFile(value: unknown): value is KeptFile {
  const { name, type, bytes } = Object(value)
  return typeof name === 'string' && typeof type === 'string' && typeof bytes === 'number'
}

import { atom } from 'nanostores'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { UnsentAttachment } from '../../client/outbox-entry.ts'
import type { PickedFile } from '../../client/picked-file.ts'
import type { KeptFile, Uploads } from '../../client/uploads.ts'
import type { Attachment } from '../../protocol/records.ts'
import { boxOf } from '../pages/inbox/files/box.ts'
import { pastedFiles } from '../pages/inbox/files/use-choosing.ts'
import { filesWord, lineOf } from '../parts/file-words.ts'
import { keepDraftFiles } from '../stores/draft-files.ts'
import { withoutFiles } from '../stores/without-files.ts'
import { id } from './records.ts'

const photo: Attachment = {
  ...{ id: id(1), name: 'teapot.jpg', type: 'image/jpeg', bytes: 9, width: 4_000, height: 3_000, thumbnail: true },
}
const invoice: Attachment = { ...photo, id: id(2), name: 'invoice.pdf', type: 'application/pdf', thumbnail: false }

test.each([
  ['Hello', [photo], 'Hello'],
  ['', [photo], 'Photo'],
  ['', [photo, photo], '2 photos'],
  ['', [invoice], 'File'],
  ['', [photo, invoice], '2 files'],
  ['', undefined, ''],
])('a message of %j with files in one line', (text, attachments, line) => {
  expect(lineOf({ text, ...(attachments && { attachments }) })).toBe(line)
})

test('what is about to be sent goes by the type that the browser thinks it has', () => {
  expect(filesWord([{ type: 'image/heic' }])).toBe('Photo')
  expect(filesWord([{ type: '' }])).toBe('File')
})

test.each([
  [4_000, 3_000, { width: 280, height: 210 }],
  [300, 3_000, { width: 64, height: 240 }],
  [3_000, 30, { width: 280, height: 64 }],
  [100, 90, { width: 100, height: 90 }],
  [1, 1, { width: 64, height: 64 }],
  [null, null, { width: 200, height: 150 }],
])('a picture of %s × %s has its place before it is fetched', (width, height, box) => {
  expect(boxOf({ width, height })).toEqual(box)
})

test('a paste from an office program, which brings a picture of the text along, is text', () => {
  const files = [new File(['x'], 'x.png')]
  const paste = (types: string[]) => pastedFiles({ files: files as unknown as FileList, types })
  expect(paste(['Files'])).toEqual(files)
  expect(paste(['text/html', 'Files'])).toEqual(files)
  expect(paste(['text/plain', 'text/html', 'Files'])).toEqual([])
})

function storage() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  }
}

const had = globalThis.sessionStorage
let session: ReturnType<typeof storage>
const setSession = (value: unknown) =>
  Object.defineProperty(globalThis, 'sessionStorage', { value, configurable: true })

beforeEach(() => {
  session = storage()
  setSession(session)
})
afterEach(() => setSession(had))

function page() {
  const files = atom<readonly PickedFile[]>([])
  const restored: [string, readonly KeptFile[]][] = []
  const uploads = { files, restore: (place: string, kept: readonly KeptFile[]) => restored.push([place, kept]) }
  const stop = keepDraftFiles(uploads as unknown as Uploads, 'ada')
  return { files, restored, stop }
}

function picked(overrides: Partial<PickedFile>): PickedFile {
  return {
    key: 'k',
    name: 'new.txt',
    type: 'text/plain',
    bytes: 3,
    place: 'a:reply',
    file: undefined,
    share: 0,
    ...overrides,
  }
}

test('[DL5] over a reload the composer keeps what the server has, and the names of the others', () => {
  const one = page()
  one.files.set([picked({ attachment: photo }), picked({ place: 'b:note' }), picked({ place: undefined })])
  one.stop()
  expect(page().restored).toEqual([
    ['a:reply', [photo]],
    ['b:note', [{ name: 'new.txt', type: 'text/plain', bytes: 3 }]],
  ])
})

test('what another version has kept is left alone', () => {
  for (const text of ['{', '[]', '7', '{"a:reply":7}', '{"a:reply":[{"name":7}, null]}']) {
    session.kept.set('signet:draft-files:ada', text)
    expect(page().restored.flatMap(([, files]) => files)).toEqual([])
  }
})

const lost: UnsentAttachment = { id: null, key: 'k', tab: 't', name: 'x', type: '', bytes: 1 }

test.each([
  ['the words go', 'Hi', [lost], 'file_lost', []],
  ['what has arrived goes', '', [photo, lost], 'image_unreadable', [photo]],
  ['of several none goes where one is unknown', 'Hi', [photo, invoice], 'attachment_not_found', []],
  ['nothing is left', '', [lost], 'file_lost', undefined],
  ['it was not the files', 'Hi', [photo], 'text_invalid', undefined],
])('[DL5] a refused message without what keeps it: %s', (_, text, attachments, code, kept) => {
  const unsent = { clientId: id(3), owner: 'ada', conversationId: id(4), text, attachments, createdAt: 0 }
  const rest = withoutFiles({ ...unsent, state: 'failed', failure: { code, message: code } })
  expect(rest && (rest.attachments ?? [])).toEqual(kept)
  expect(rest?.state).toBe(kept && 'pending')
})

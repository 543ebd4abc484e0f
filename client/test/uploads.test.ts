import { expect, test } from 'vitest'
import type { Attachment } from '../../protocol/records.ts'
import { ApiError } from '../api.ts'
import { createOutbox } from '../outbox.ts'
import type { OutboxEntry } from '../outbox-entry.ts'
import { memoryStore } from '../outbox-store.ts'
import { createUploads } from '../uploads.ts'
import { fakeClock } from './fake-clock.ts'
import { conversationId } from './records.ts'

interface Upload {
  name: string
  signal: AbortSignal | undefined
  progress(share: number): void
  store(): void
  refuse(code: 'image_unreadable' | 'offline' | 'rate_limited'): void
}

let count = 0

function stored(name: string): Attachment {
  return { id: `stored-${++count}`, name, type: 'image/png', bytes: 3, width: 1, height: 1, thumbnail: true }
}

async function setUp(store = memoryStore()) {
  const clock = fakeClock()
  const uploading: Upload[] = []
  const discarded: string[] = []
  const sent: OutboxEntry[] = []
  const gone: (() => void)[] = []
  const send = (entry: OutboxEntry) => sent.push(entry) > 0
  const outbox = createOutbox({ store, clock, random: () => 1, send })
  await outbox.showTo('ada')
  const uploads = createUploads({
    outbox,
    clock,
    random: () => 1,
    whenGone: (_tab, then) => void gone.push(then),
    discard: async (id) => discarded.push(id),
    upload: ({ name }, { onProgress, signal } = {}) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason))
        uploading.push({
          name,
          signal,
          progress: (share) => onProgress?.(share),
          store: () => resolve(stored(name)),
          refuse: (code) => reject(new ApiError(code, 422, `${code}.`)),
        })
      }),
  })
  const states = () =>
    uploads.files.get().map(({ name, share, attachment, failure }) => {
      return `${name} ${attachment ? 'stored' : (failure?.code ?? share)}`
    })
  const send1 = (text = 'Look') => outbox.add({ conversationId, text, attachments: uploads.sendable('here') })
  return { outbox, store, clock, uploads, uploading, discarded, sent, gone, states, send: send1 }
}

const file = (name: string, text = 'abc') => new File([text], name)
/** Answers travel through promises. */
const settled = () => new Promise((resolve) => setTimeout(resolve))

test('[DL5] a file goes at once, tells how far it is, and the message takes it along by its id', async () => {
  const { uploads, uploading, sent, send, states } = await setUp()
  uploads.add('here', [file('a.png')])
  uploading[0]?.progress(0.5)
  expect(states()).toEqual(['a.png 0.5'])
  uploading[0]?.store()
  await settled()
  expect(states()).toEqual(['a.png stored'])
  send()
  expect(sent).toMatchObject([{ text: 'Look', attachments: [{ name: 'a.png', type: 'image/png' }] }])
  expect(uploads.sendable('here')).toEqual([])
})

test('[DL5] a message waits for its files, and those after it wait with it; each goes once', async () => {
  const { uploads, uploading, sent, send, outbox } = await setUp()
  uploads.add('here', [file('a.png'), file('b.png')])
  const { clientId } = send()
  outbox.add({ conversationId, text: 'After' })
  uploading[0]?.store()
  await settled()
  outbox.flush()
  expect(sent).toEqual([])
  uploading[1]?.store()
  await settled()
  expect(sent).toMatchObject([{ clientId, attachments: [{ name: 'a.png' }, { name: 'b.png' }] }])
  outbox.settle({ clientId, conversationId })
  expect(sent.map(({ text }) => text)).toEqual(['Look', 'After'])
  expect(uploads.files.get()).toEqual([])
})

test('[DL5] a message whose file is refused stays with the reason; trying again uploads the file again', async () => {
  const { uploads, uploading, sent, send, outbox } = await setUp()
  uploads.add('here', [file('a.png')])
  const { clientId } = send()
  uploading[0]?.refuse('image_unreadable')
  await settled()
  expect(outbox.entries.get()).toMatchObject([{ state: 'failed', failure: { code: 'image_unreadable' } }])
  outbox.retry(clientId)
  expect(uploading.length).toBe(2)
  uploading[1]?.store()
  await settled()
  expect(sent).toMatchObject([{ clientId }])
})

test('[DL5] what says nothing about the file is tried again by itself', async () => {
  const { uploads, uploading, clock, states } = await setUp()
  uploads.add('here', [file('a.png')])
  uploading[0]?.progress(0.7)
  uploading[0]?.refuse('offline')
  await settled()
  expect(states()).toEqual(['a.png 0'])
  clock.advance(10_000)
  await settled()
  uploading[1]?.store()
  await settled()
  expect(states()).toEqual(['a.png stored'])
})

test('a cancelled file is aborted on its way, and taken back from the server when it was there', async () => {
  const { uploads, uploading, discarded } = await setUp()
  uploads.add('here', [file('a.png'), file('b.png')])
  uploading[1]?.store()
  await settled()
  for (const { key } of uploads.files.get()) uploads.remove(key)
  expect(uploading[0]?.signal?.aborted).toBe(true)
  expect(discarded).toEqual([expect.stringContaining('stored-')])
  expect(uploads.files.get()).toEqual([])
})

test('a refused file stays in the composer, and the next message goes without it', async () => {
  const { uploads, uploading, states, send, sent } = await setUp()
  uploads.add('here', [file('a.png'), file('empty.txt', '')])
  expect(states()).toEqual(['a.png 0', 'empty.txt attachment_empty'])
  uploading[0]?.store()
  await settled()
  send()
  expect(sent[0]?.attachments?.length).toBe(1)
  expect(states()).toContain('empty.txt attachment_empty')
})

test('what is too large is refused before it travels', async () => {
  const { uploads, uploading, states } = await setUp()
  uploads.add('here', [file('large.pdf', 'x'.repeat(10 * 1024 * 1024 + 1))])
  expect(states()).toEqual(['large.pdf attachment_too_large'])
  expect(uploading).toEqual([])
})

test('a message takes at most ten files, and few travel at the same time', async () => {
  const { uploads, uploading } = await setUp()
  const many = Array.from({ length: 12 }, (_, index) => file(`${index}.png`))
  expect(uploads.add('here', many)).toBe(2)
  expect(uploads.add('here', [file('more.png')])).toBe(1)
  expect(uploads.add('elsewhere', [file('more.png')])).toBe(0)
  expect(uploading.length).toBe(3)
  uploading[0]?.store()
  await settled()
  expect(uploading.length).toBe(4)
})

test('[DL5] a reload loses the file and says so, but never the text', async () => {
  const before = await setUp()
  before.uploads.add('here', [file('a.png')])
  before.send('Read this')
  const after = await setUp(before.store)
  expect(after.outbox.entries.get()).toMatchObject([{ text: 'Read this', state: 'pending' }])
  after.gone[0]?.()
  expect(after.outbox.entries.get()).toMatchObject([
    { text: 'Read this', state: 'failed', failure: { code: 'file_lost' } },
  ])
  expect(after.sent).toEqual([])
})

test('[DL5] while the tab that has the file lives, no other tab says that it is lost', async () => {
  const one = await setUp()
  one.uploads.add('here', [file('a.png')])
  one.send()
  const other = await setUp(one.store)
  expect(other.outbox.entries.get()).toMatchObject([{ state: 'pending' }])
  expect(other.gone.length).toBe(1)
})

test('what the composer of an earlier page had is there again, if the server has it', async () => {
  const { uploads, states } = await setUp()
  uploads.restore('here', [stored('a.png'), { name: 'b.png', type: 'image/png', bytes: 3 }])
  expect(states()).toEqual(['a.png stored', 'b.png file_lost'])
  expect(uploads.sendable('here').length).toBe(1)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Api, ApiError } from '../../client/api.ts'
import type { ErrorCode } from '../../protocol/errors.ts'
import type { Message } from '../../protocol/records.ts'
import { storedIn } from '../stores/past.ts'
import { createThreads } from '../stores/threads.ts'
import { id, message } from './records.ts'

const talk = id(100)
const half = 25

/** A conversation on a server that answers when the test says so. Every fifth is a note, which has no seq. */
function makeHistory(length: number) {
  const all: Message[] = []
  let seq = 0
  const write = (): Message => {
    const number = all.length + 1
    const isNote = number % 5 === 0
    if (!isNote) seq += 1
    const written = message({
      ...{ id: id(1_000 + number), clientId: id(50_000 + number), text: String(number), createdAt: number },
      ...(isNote ? { kind: 'note' as const, seq: null } : { seq }),
    })
    all.push(written)
    return written
  }
  for (let count = 0; count < length; count++) write()

  const waiting: { answer: () => void; refuse: (code: ErrorCode) => void }[] = []
  const asked: object[] = []
  const api: Api = (_, input) =>
    new Promise((resolve, reject) => {
      const query: Record<string, string> = Object(input).query
      asked.push(query)
      const refuse = (code: ErrorCode) => reject(new ApiError(code, 503, 'No.'))
      waiting.push({ refuse, answer: () => resolve(page(all, query) as never) })
    })
  return { all, write, api, waiting, asked }
}

function page(all: readonly Message[], { before, after, around }: Record<string, string>) {
  const place = (wanted: string) => all.findIndex((one) => one.id === wanted)
  if (around !== undefined) {
    const from = Math.max(0, place(around) - half)
    const to = place(around) + half
    return { messages: all.slice(from, to), more: from > 0, newer: to < all.length }
  }
  const from = after === undefined ? undefined : place(after) + 1
  if (from !== undefined) return { messages: all.slice(from, from + 2 * half), more: from + 2 * half < all.length }
  const to = before === undefined ? all.length : place(before)
  return { messages: all.slice(Math.max(0, to - 2 * half), to), more: to > 2 * half }
}

const settled = () => new Promise((done) => setTimeout(done, 0))

function open(length = 300) {
  const history = makeHistory(length)
  const threads = createThreads(history.api)
  const thread = threads.of(talk)
  const answer = async () => {
    for (const one of history.waiting.splice(0)) one.answer()
    await settled()
  }
  const shown = () => storedIn((thread.past.get() ?? thread).rows.get()).map(({ text }) => Number(text))
  const idOf = (number: number) => id(1_000 + number)
  return { history, threads, thread, answer, shown, idOf }
}

type Here = ReturnType<typeof open>

/** What is shown is one piece of the history, and says truly what lies beyond its ends. */
function expectNoHole({ history, thread, shown }: Here) {
  const numbers = shown()
  const past = thread.past.get()
  const first = numbers[0] ?? 1
  expect(numbers).toEqual(Array.from(numbers, (_, place) => first + place))
  const { phase, older } = (past ?? thread).state.get()
  if (phase !== 'ready') return
  expect(older === 'none').toBe(first === 1)
  if (!past) expect(numbers.at(-1)).toBe(history.all.length)
}

test('a message far back is shown with what stands around it', async () => {
  const here = open()
  here.threads.open(talk)
  here.threads.goTo(talk, here.idOf(100))
  expect(here.thread.past.get()?.state.get().phase).toBe('loading')
  await here.answer()
  expect([here.shown()[0], here.shown().at(-1)]).toEqual([75, 124])
  expectNoHole(here)
})

test('a message that is here already is gone to without asking the server', async () => {
  const here = open()
  here.threads.open(talk)
  await here.answer()
  const asked = here.history.asked.length
  here.threads.goTo(talk, here.idOf(290))
  expect([here.thread.past.get(), here.thread.goal.get()]).toEqual([undefined, { message: here.idOf(290) }])
  expect(here.history.asked.length).toBe(asked)
})

test('what is written while somebody reads the past is not put behind it, and waits for him in the present', async () => {
  const here = open()
  here.threads.open(talk)
  here.threads.goTo(talk, here.idOf(100))
  await here.answer()
  here.threads.add(here.history.write())
  expect(here.shown().at(-1)).toBe(124)
  here.threads.goToPresent(talk)
  expect([here.shown()[0], here.shown().at(-1)]).toEqual([251, 301])
  expectNoHole(here)
})

test('who reads on from the past arrives in the present, each message once', async () => {
  const here = open()
  here.threads.open(talk)
  here.threads.goTo(talk, here.idOf(150))
  await here.answer()
  for (let page = 0; page < 3 && here.thread.past.get(); page++) {
    here.threads.loadNewer(talk)
    here.threads.add(here.history.write())
    await here.answer()
    expectNoHole(here)
  }
  expect(here.thread.past.get()).toBeUndefined()
  expect(here.shown()).toEqual(Array.from({ length: 178 }, (_, place) => 125 + place))
  expect(here.thread.state.get().older).toBe('some')
})

test('an end that cannot be fetched says so, and is tried again only when somebody asks', async () => {
  const here = open()
  here.threads.open(talk)
  here.threads.goTo(talk, here.idOf(100))
  await here.answer()
  here.threads.loadOlder(talk)
  for (const one of here.history.waiting.splice(0)) one.refuse('unavailable')
  await settled()
  expect(here.thread.past.get()?.state.get()).toMatchObject({ phase: 'ready', older: 'failed', newer: 'some' })
  here.threads.loadOlder(talk)
  await here.answer()
  expect(here.shown()[0]).toBe(25)
})

test('a message that is not there any more is not taken for one that cannot be fetched', async () => {
  const here = open()
  here.threads.goTo(talk, here.idOf(100))
  for (const one of here.history.waiting.splice(0)) one.refuse('not_found')
  await settled()
  expect(here.thread.past.get()?.state.get().phase).toBe('missing')
})

test('what comes after the latest could not be fetched is not put behind what was known before', async () => {
  const here = open()
  here.threads.open(talk)
  await here.answer()
  here.threads.spoil()
  here.history.write()
  here.threads.open(talk)
  for (const one of here.history.waiting.splice(0)) one.refuse('unavailable')
  await settled()
  here.threads.add(here.history.write())
  expect(here.shown()).toEqual([302])
  expect(here.thread.state.get()).toEqual({ phase: 'failed', older: 'failed' })
  here.threads.loadOlder(talk)
  await here.answer()
  expectNoHole(here)
})

const steps = fc.oneof(
  fc.record({ goTo: fc.integer({ min: 1, max: 300 }) }),
  ...(['older', 'newer', 'write', 'present', 'answer', 'refuse', 'answer late', 'spoil'] as const).map(fc.constant),
)

test('[DL4] wherever somebody goes, and in whatever order answers come, there is never a hole in what is shown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 40 }), async (walk) => {
      const here = open()
      here.threads.open(talk)
      for (const step of walk) {
        await take(here, step)
        if (here.thread.state.get().phase === 'ready' || here.thread.past.get()) expectNoHole(here)
      }
      here.threads.goToPresent(talk)
      here.threads.open(talk)
      await here.answer()
      expectNoHole(here)
    }),
    { numRuns: 150 },
  )
})

async function take(here: Here, step: typeof steps extends fc.Arbitrary<infer Step> ? Step : never) {
  const { threads, history } = here
  if (typeof step === 'object') return threads.goTo(talk, here.idOf(step.goTo))
  if (step === 'older') threads.loadOlder(talk)
  else if (step === 'newer') threads.loadNewer(talk)
  else if (step === 'write') threads.add(history.write())
  else if (step === 'present') threads.goToPresent(talk)
  else if (step === 'answer') history.waiting.shift()?.answer()
  else if (step === 'refuse') history.waiting.shift()?.refuse('unavailable')
  else if (step === 'answer late') history.waiting.pop()?.answer()
  else {
    threads.spoil()
    threads.open(talk)
  }
  await settled()
}

import { expect, test } from 'vitest'
import { message } from '../../client/test/records.ts'
import { createTimeline } from '../../client/timeline.ts'
import type { Message } from '../../protocol/records.ts'
import type { Core } from '../core.ts'
import { createHistory } from '../panel/history.ts'

/** A conversation whose page of the past is on its way until it is answered. */
function setUp() {
  const timeline = createTimeline()
  const page = Promise.withResolvers<{ messages: Message[]; more: boolean }>()
  // A double: of the core only what asks.
  const core = { call: () => page.promise, events: { report() {} } } as unknown as Core
  const history = createHistory(core, timeline, () => 'c1')
  const texts = () => timeline.rows.get().map((row) => (row.state === 'sent' ? row.message.text : ''))
  return { timeline, history, page, texts }
}

const one = message({ id: 'm1', seq: 1, text: 'one' })
const two = message({ id: 'm2', seq: 2, text: 'two' })

test('[DL1] what comes while the past is on its way stays, though the past does not know of it', async () => {
  const { timeline, history, page, texts } = setUp()
  const loading = history.loadLatest()
  timeline.add([two])
  page.resolve({ messages: [one], more: false })
  await loading
  expect(texts()).toEqual(['one', 'two'])
})

test('[DL1] what was there before a long absence goes, because there may be a hole behind it', async () => {
  const { timeline, history, page, texts } = setUp()
  timeline.add([message({ id: 'm200', seq: 200, text: 'of a server that was set back' }), one])
  const loading = history.loadLatest()
  page.resolve({ messages: [message({ id: 'm9', seq: 90, text: 'ninety' })], more: true })
  await loading
  expect(texts()).toEqual(['ninety'])
})

/** One browser's tabs, which share what is kept and take turns with each message; see browserStore. */
import { expect, test } from 'vitest'
import { createOutbox } from '../outbox.ts'
import type { OutboxEntry } from '../outbox-entry.ts'
import { memoryStore, type OutboxStore } from '../outbox-store.ts'
import { fakeClock } from './fake-clock.ts'
import { conversationId } from './records.ts'

/** What several tabs keep; each message is one tab's at a time, in the order of asking. */
function sharedStore(): OutboxStore {
  const memory = memoryStore()
  const turns = new Map<string, Promise<void>>()
  return {
    ...memory,
    claim(entry, send) {
      const { clientId, owner } = entry
      const turn = async () => {
        const kept = await memory.list(owner)
        await send(kept.find((each) => each.clientId === clientId))
      }
      turns.set(clientId, (turns.get(clientId) ?? Promise.resolve()).then(turn))
    },
  }
}

function openTab(store: OutboxStore) {
  const sent: OutboxEntry[] = []
  const wire = { online: false }
  const clock = fakeClock()
  const outbox = createOutbox({
    store,
    clock,
    send(entry) {
      if (wire.online) sent.push(entry)
      return wire.online
    },
  })
  const connect = () => {
    wire.online = true
    outbox.flush()
  }
  const disconnect = () => {
    wire.online = false
    outbox.interrupted()
  }
  const texts = () => outbox.entries.get().map(({ text, state }) => `${text} ${state}`)
  return { outbox, sent, clock, connect, disconnect, texts }
}

async function twoTabs() {
  const store = sharedStore()
  const [one, other] = [openTab(store), openTab(store)]
  await one.outbox.showTo('ada')
  const { clientId } = one.outbox.add({ conversationId, text: 'Hello' })
  await other.outbox.showTo('ada')
  return { store, one, other, clientId }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('[DL5] of two tabs with the same message one sends it, and neither shows it once it is there', async () => {
  const { store, one, other, clientId } = await twoTabs()
  expect(other.texts()).toEqual(['Hello pending'])
  for (const tab of [other, one]) tab.connect()
  await settled()
  expect([one.sent.length, other.sent.length]).toEqual([0, 1])
  other.outbox.settle({ clientId, conversationId })
  await settled()
  expect([one.sent.length, other.sent.length]).toEqual([0, 1])
  expect([...one.texts(), ...other.texts(), ...(await store.list('ada'))]).toEqual([])
})

test('[DL5] when the tab that was sending loses the wire, the other one sends', async () => {
  const { one, other, clientId } = await twoTabs()
  for (const tab of [other, one]) tab.connect()
  await settled()
  other.disconnect()
  await settled()
  expect(one.sent).toMatchObject([{ clientId }])
})

test('[DL5] what one tab was refused stands refused in the other one, which does not try again', async () => {
  const { one, other, clientId } = await twoTabs()
  for (const tab of [other, one]) tab.connect()
  await settled()
  other.outbox.refuse({ clientId, code: 'text_invalid', message: 'No.' })
  await settled()
  expect(one.sent).toEqual([])
  expect(one.texts()).toEqual(['Hello failed'])
})

test('[DL5] two messages of a conversation to come found one conversation, whichever tabs send them', async () => {
  const store = sharedStore()
  const [one, other] = [openTab(store), openTab(store)]
  await one.outbox.showTo('ada')
  const first = one.outbox.add({ conversationId: null, text: 'Hello' })
  one.clock.advance(1)
  one.outbox.add({ conversationId: null, text: 'Anyone?' })
  await other.outbox.showTo('ada')
  await settled()
  one.connect()
  other.connect()
  await settled()
  expect(one.sent.length).toBe(1)
  one.outbox.settle({ clientId: first.clientId, conversationId })
  await settled()
  const sent = [...one.sent, ...other.sent]
  expect(sent.map(({ text }) => text)).toEqual(['Hello', 'Anyone?'])
  expect(sent[1]).toMatchObject({ conversationId })
})

test('[DL5] what a closed tab left behind is sent by the one that is open, when it connects', async () => {
  const store = sharedStore()
  const [closed, open] = [openTab(store), openTab(store)]
  await open.outbox.showTo('ada')
  await closed.outbox.showTo('ada')
  closed.outbox.add({ conversationId, text: 'Hello' })
  open.connect()
  await settled()
  expect(open.sent).toMatchObject([{ text: 'Hello' }])
})

test('[DL5] an answer that comes while what is kept is read does not bring the message back', async () => {
  const { one, clientId } = await twoTabs()
  one.connect()
  await settled()
  one.outbox.flush()
  one.outbox.settle({ clientId, conversationId })
  await settled()
  expect(one.texts()).toEqual([])
  expect(one.sent.length).toBe(1)
})

test('[DL5] a tab that changed hands while it waited for its turn sends nothing', async () => {
  const { one } = await twoTabs()
  one.connect()
  void one.outbox.showTo('bob')
  await settled()
  expect(one.sent).toEqual([])
})

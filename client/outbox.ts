/**
 * Unsent messages (DL5). What is added here is kept in the browser, is shown to its owner alone, and leaves only when
 * the server has acked it or its writer deletes it.
 *
 * Of one conversation one message is on its way at a time, so that a refusal in the middle cannot change their order.
 * The messages of a conversation that does not exist yet go the same way: the first goes without an id, and its ack
 * tells the others where they belong.
 *
 * The tabs of a browser share what is kept. Of them one at a time sends a message, holding the store's claim on it until
 * it is answered; whoever waited for the claim looks first whether the message is still there. Sending twice cannot be
 * ruled out (a lost ack); the server knows a message by its clientId and stores it once.
 *
 * A message with files waits until the server has them (uploads.ts), and those after it in its conversation wait with it.
 */
import { atom, type ReadableAtom } from 'nanostores'
import type { Message } from '../protocol/records.ts'
import { backOff } from './back-off.ts'
import { type Clock, systemClock } from './clock.ts'
import { newId } from './id.ts'
import type { NewEntry, OutboxEntry } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'

export interface OutboxOptions {
  store: OutboxStore
  /** Puts a message on the wire; false when there is none. The outcome comes back through `settle` or `refuse`. */
  send: (entry: OutboxEntry) => boolean
  clock?: Clock
  random?: () => number
  makeId?: () => string
}

export interface Refusal {
  clientId: string
  code: string
  message: string
  retryAfterMs?: number
}

export interface Outbox {
  /** The present owner's, in the order of writing. */
  entries: ReadableAtom<readonly OutboxEntry[]>
  /** Shows the unsent messages of this identity, and of no other; of nobody when undefined. */
  showTo(owner: string | undefined): Promise<void>
  add(entry: NewEntry): OutboxEntry
  /** To be called whenever the wire is there. */
  flush(): void
  /** The wire is gone: what was on its way must go again. */
  interrupted(): void
  /** An ack, or any stored message: its entry has arrived. */
  settle(message: Pick<Message, 'clientId' | 'conversationId'>): void
  refuse(refusal: Refusal): void
  retry(clientId: string): void
  /** The same message, with other files. */
  amend(entry: OutboxEntry): void
  remove(clientId: string): void
  /** Forgets all that this identity wrote and did not send (VS6). */
  wipe(owner: string): Promise<void>
}

const ackPatienceMs = 15_000
/** Refusals that say nothing about the message: it stays and goes again. */
export const passing =
  /^(rate_limited|unavailable|internal_error|offline|session_ended|not_signed_in|authentication_required)$/

export function createOutbox(options: OutboxOptions): Outbox {
  const { store, send, clock = systemClock, random = Math.random, makeId = newId } = options
  const entries = atom<readonly OutboxEntry[]>([])
  const onTheirWay = new Map<string, () => void>()
  let owner: string | undefined
  let refusals = 0
  let pausedUntil = 0
  let callOffPause = () => {}

  async function showTo(next: string | undefined): Promise<void> {
    if (next === owner) return
    owner = next
    interrupted()
    entries.set([])
    await gather()
  }

  /** Takes in what is kept: from before the page was loaded, or of another tab, which may be closed by now. */
  async function gather(): Promise<void> {
    const whose = owner
    if (whose === undefined) return
    const known = new Set(entries.get().map(({ clientId }) => clientId))
    const kept = await store.list(whose)
    if (owner !== whose) return
    for (const { clientId } of entries.get()) known.add(clientId)
    const more = kept.filter(({ clientId }) => !known.has(clientId))
    if (more.length) entries.set([...entries.get(), ...more].sort(byAge))
    dispatchAll()
  }

  function add(fresh: NewEntry): OutboxEntry {
    if (owner === undefined) throw new Error('Nobody is signed in who could write this.')
    const entry: OutboxEntry = { ...fresh, clientId: makeId(), owner, createdAt: clock.now(), state: 'pending' }
    entries.set([...entries.get(), entry])
    void store.put(entry)
    dispatchAll()
    return entry
  }

  function flush(): void {
    dispatchAll()
    void gather()
  }

  function dispatchAll(): void {
    if (clock.now() < pausedUntil) return
    const busy = new Set<string | null>()
    for (const entry of entries.get()) {
      if (entry.state !== 'pending' || busy.has(entry.conversationId)) continue
      busy.add(entry.conversationId)
      if (!onTheirWay.has(entry.clientId) && !entry.attachments?.some(({ id }) => !id)) dispatch(entry)
    }
  }

  function dispatch(entry: OutboxEntry): void {
    const { clientId } = entry
    const callOff = clock.after(ackPatienceMs, () => {
      landed(clientId)
      dispatchAll()
    })
    const over = new Promise<void>((resolve) => {
      onTheirWay.set(clientId, () => {
        callOff()
        resolve()
      })
    })
    const letGo = onTheirWay.get(clientId)
    const sendKept = (kept: OutboxEntry | undefined) => {
      if (onTheirWay.get(clientId) === letGo) put(clientId, kept)
      return over
    }
    if (store.claim) store.claim(entry, sendKept)
    else void sendKept(entry)
  }

  /** On the wire, unless another tab has settled it. */
  function put(clientId: string, kept: OutboxEntry | undefined): void {
    show(clientId, kept)
    if (kept?.state !== 'pending') {
      landed(clientId)
      dispatchAll()
    } else if (!send(kept)) landed(clientId)
  }

  function interrupted(): void {
    for (const clientId of [...onTheirWay.keys()]) landed(clientId)
    callOffPause()
    pausedUntil = 0
  }

  function settle({ clientId, conversationId }: Pick<Message, 'clientId' | 'conversationId'>): void {
    const entry = find(clientId)
    if (!entry) return
    refusals = 0
    drop(clientId)
    if (entry.conversationId === null) settleIn(conversationId)
    dispatchAll()
  }

  /** The conversation has come to be: whatever waits for one belongs to it. */
  function settleIn(conversationId: string): void {
    for (const entry of entries.get()) if (entry.conversationId === null) void change({ ...entry, conversationId })
  }

  function refuse({ clientId, code, message, retryAfterMs }: Refusal): void {
    const entry = find(clientId)
    if (!entry) return
    if (passing.test(code)) {
      landed(clientId)
      pause(retryAfterMs ?? 1_000 + backOff(refusals++, random))
    } else {
      landed(clientId, change({ ...entry, state: 'failed', failure: { code, message } }))
      dispatchAll()
    }
  }

  function pause(ms: number): void {
    pausedUntil = clock.now() + ms
    callOffPause()
    callOffPause = clock.after(ms, dispatchAll)
  }

  function retry(clientId: string): void {
    const entry = find(clientId)
    if (entry?.state !== 'failed') return
    const { failure: _, ...unsent } = entry
    amend({ ...unsent, state: 'pending' })
  }

  function amend(entry: OutboxEntry): void {
    void change(entry)
    dispatchAll()
  }

  function remove(clientId: string): void {
    drop(clientId)
    dispatchAll()
  }

  async function wipe(whose: string): Promise<void> {
    if (whose === owner) {
      interrupted()
      entries.set([])
    }
    await store.wipe(whose)
  }

  function drop(clientId: string): void {
    landed(clientId, store.remove(clientId))
    show(clientId, undefined)
  }

  function change(changed: OutboxEntry): Promise<void> {
    show(changed.clientId, changed)
    return store.put(changed)
  }

  function show(clientId: string, changed: OutboxEntry | undefined): void {
    entries.set(entries.get().flatMap((entry) => (entry.clientId === clientId ? (changed ?? []) : entry)))
  }

  /** Other tabs may have it when what became of it is kept. */
  function landed(clientId: string, kept?: Promise<void>): void {
    const letGo = onTheirWay.get(clientId)
    onTheirWay.delete(clientId)
    if (letGo) kept ? void kept.then(letGo) : letGo()
  }

  function find(clientId: string): OutboxEntry | undefined {
    return entries.get().find((entry) => entry.clientId === clientId)
  }

  return { entries, showTo, add, flush, interrupted, settle, refuse, retry, amend, remove, wipe }
}

function byAge(one: OutboxEntry, other: OutboxEntry): number {
  return one.createdAt - other.createdAt || (one.clientId < other.clientId ? -1 : 1)
}

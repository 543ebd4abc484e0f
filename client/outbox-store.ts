import type { OutboxEntry } from './outbox-entry.ts'

/** Where unsent messages outlive a reload. */
export interface OutboxStore {
  list(owner: string): Promise<OutboxEntry[]>
  put(entry: OutboxEntry): Promise<void>
  remove(clientId: string): Promise<void>
  wipe(owner: string): Promise<void>
  /**
   * Where other tabs have these messages, too: calls `send` when none of them is sending this one, with what is kept
   * of it by then. The others wait until the promise that `send` gives is settled.
   */
  claim?(entry: OutboxEntry, send: (kept: OutboxEntry | undefined) => Promise<void>): void
}

export function memoryStore(): OutboxStore {
  const entries = new Map<string, OutboxEntry>()
  return {
    list: async (owner) => [...entries.values()].filter((entry) => entry.owner === owner),
    put: async (entry) => void entries.set(entry.clientId, entry),
    remove: async (clientId) => void entries.delete(clientId),
    async wipe(owner) {
      for (const entry of entries.values()) if (entry.owner === owner) entries.delete(entry.clientId)
    },
  }
}

const table = 'unsent'
const openPatienceMs = 2_000
/** A tab that the browser has put to sleep with a message in its hands must not keep it for ever. */
const claimPatienceMs = 10_000

/** Kept in IndexedDB; in memory where the browser refuses that (private windows, blocked storage) or never answers. */
export function browserStore(name: string): OutboxStore {
  const memory = memoryStore()
  const opening = openDatabase(name)
  opening.catch(nothing)

  async function run<T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = (await opening).transaction(table, mode)
    const request = act(transaction.objectStore(table))
    // At once, or a tab that is closed in this moment takes it along.
    transaction.commit()
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
    })
  }
  /** What does not fit into the browser any more is in memory, and newer. */
  async function all(owner: string): Promise<OutboxEntry[]> {
    const kept: OutboxEntry[] = await run('readonly', (entries) => entries.index('owner').getAll(owner))
    return [...(await memory.list(owner)), ...kept]
  }
  const store: OutboxStore = {
    list: (owner) => all(owner).catch(() => memory.list(owner)),
    put: (entry) => run('readwrite', (entries) => entries.put(entry)).then(nothing, () => memory.put(entry)),
    async remove(clientId) {
      await memory.remove(clientId)
      await run('readwrite', (entries) => entries.delete(clientId)).catch(nothing)
    },
    async wipe(owner) {
      for (const { clientId } of await store.list(owner)) await store.remove(clientId)
    },
    async claim(entry, send) {
      const { clientId, owner } = entry
      const turn = async () => {
        // Where nothing can be read any more, nothing can be known either: it is sent.
        const kept = await all(owner).catch(() => [entry])
        await send(kept.find((each) => each.clientId === clientId))
      }
      const signal = AbortSignal.timeout(claimPatienceMs)
      // Without locks (a page of plain http) the server alone sees to it that a message is there once.
      await (navigator.locks?.request(`${name} ${clientId}`, { signal }, turn).catch(turn) ?? turn())
    },
  }
  return store
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(table, { keyPath: 'clientId' }).createIndex('owner', 'owner')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    setTimeout(reject, openPatienceMs)
  })
}

function nothing(): void {}

import type { OutboxEntry } from './outbox-entry.ts'

/** Where unsent messages outlive a reload. */
export interface OutboxStore {
  list(owner: string): Promise<OutboxEntry[]>
  put(entry: OutboxEntry): Promise<void>
  remove(clientId: string): Promise<void>
  wipe(owner: string): Promise<void>
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

/** Kept in IndexedDB; in memory where the browser refuses that (private windows, blocked storage). */
export function browserStore(name: string): OutboxStore {
  const memory = memoryStore()
  const opening = openDatabase(name)
  opening.catch(nothing)

  async function run<T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await opening
    return done(act(database.transaction(table, mode).objectStore(table)))
  }
  const all = (owner: string) => run('readonly', (entries) => entries.index('owner').getAll(owner))
  const remove = async (clientId: string) => void (await run('readwrite', (entries) => entries.delete(clientId)))

  return {
    list: (owner) => all(owner).catch(() => memory.list(owner)),
    put: (entry) => run('readwrite', (entries) => entries.put(entry)).then(nothing, () => memory.put(entry)),
    remove: (clientId) => remove(clientId).catch(() => memory.remove(clientId)),
    async wipe(owner) {
      const entries: OutboxEntry[] = await all(owner).catch(() => [])
      await Promise.all(entries.map((entry) => remove(entry.clientId)))
      await memory.wipe(owner)
    },
  }
}

async function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(table, { keyPath: 'clientId' }).createIndex('owner', 'owner')
  }
  return done(request)
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function nothing(): void {}

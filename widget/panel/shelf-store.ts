import type { OutboxEntry } from '../../client/outbox-entry.ts'
import type { OutboxStore } from '../../client/outbox-store.ts'
import type { Shelf } from '../shelf.ts'

const shelfName = 'outbox'

/** Where the page wants nothing in the browser for longer than the session, unsent messages follow that wish. */
export function shelfStore(shelf: Shelf): OutboxStore {
  const write = (entries: OutboxEntry[]) => shelf.set(shelfName, entries)
  const read = (): OutboxEntry[] => {
    const kept = shelf.get(shelfName)
    return Array.isArray(kept) ? kept : []
  }
  const without = (clientId: string) => read().filter((entry) => entry.clientId !== clientId)
  return {
    list: async (owner) => read().filter((entry) => entry.owner === owner),
    put: async (entry) => write([...without(entry.clientId), entry]),
    remove: async (clientId) => write(without(clientId)),
    wipe: async (owner) => write(read().filter((entry) => entry.owner !== owner)),
  }
}

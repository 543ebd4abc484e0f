import type { OutboxStore } from '../../client/outbox-store.ts'
import type { Shelf } from '../shelf.ts'

/** Few pages want another place than the browser's database for what is unsent; those fetch the code for it. */
export function lazyShelfStore(shelf: Shelf): OutboxStore {
  const store = import('./shelf-store.ts').then((module) => module.shelfStore(shelf))
  return {
    list: async (owner) => (await store).list(owner),
    put: async (entry) => (await store).put(entry),
    remove: async (clientId) => (await store).remove(clientId),
    wipe: async (owner) => (await store).wipe(owner),
  }
}

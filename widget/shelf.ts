/** What the widget keeps in the page's storage, as JSON, under its project's name and nobody else's. */
export interface Shelf {
  /** Undefined, too, for what cannot be read. */
  get(name: string): unknown
  set(name: string, value: unknown): void
  remove(name: string): void
  /** Forgets everything of this project. */
  clear(): void
  /** Another tab changed something. */
  onOtherTab(listener: (name: string) => void): void
}

/** Storage is an object of strings; where the browser or the page wants none, any object will do. */
type Store = Record<string, string | undefined>

export function createShelf(project: string, persistence: string, gone: AbortController): Shelf {
  const prefix = `signet_${project}_`
  const store = storeFor(persistence)
  return {
    get(name) {
      try {
        return JSON.parse(store[prefix + name] ?? '')
      } catch {
        return undefined
      }
    },
    set(name, value) {
      try {
        store[prefix + name] = JSON.stringify(value)
      } catch {
        // A full storage costs the resumption after a reload, not the chat.
      }
    },
    remove: (name) => delete store[prefix + name],
    clear() {
      for (const key of Object.keys(store)) if (key.startsWith(prefix)) delete store[key]
    },
    onOtherTab(listener) {
      const hear = ({ key, storageArea }: StorageEvent) => {
        if (storageArea === (store as unknown) && (key ?? prefix).startsWith(prefix))
          listener((key ?? '').slice(prefix.length))
      }
      addEventListener('storage', hear, gone)
    },
  }
}

function storeFor(persistence: string): Store {
  try {
    if (persistence === 'local') return localStorage
    if (persistence === 'session') return sessionStorage
  } catch {
    // Blocked by the browser: as with persistence 'none'.
  }
  return {}
}

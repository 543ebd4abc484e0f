import type { Shelf } from '../shelf.ts'

/** One browser's storage, seen by as many tabs as the test opens. */
export function fakeBrowser() {
  const values = new Map<string, string>()
  const listeners = new Map<Shelf, (name: string) => void>()

  function tab(): Shelf {
    const tell = (name: string) => {
      for (const [other, listener] of listeners) if (other !== shelf) listener(name)
    }
    const shelf: Shelf = {
      get: (name) => JSON.parse(values.get(name) ?? 'null'),
      set(name, value) {
        const text = JSON.stringify(value)
        const isNew = values.get(name) !== text
        values.set(name, text)
        // As browsers do: what did not change is no news.
        if (isNew) tell(name)
      },
      remove(name) {
        values.delete(name)
        tell(name)
      },
      clear() {
        values.clear()
        tell('session')
      },
      onOtherTab: (listener) => void listeners.set(shelf, listener),
    }
    return shelf
  }
  return { tab, values }
}

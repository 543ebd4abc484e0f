import type { WritableAtom } from 'nanostores'

/**
 * The part of nanostores' atom that client and widget use. The build puts it in the place of the package, because
 * what a page pays for a closed chat is counted in bytes.
 */
export function atom<T>(value: T): WritableAtom<T> {
  type Listener = (value: T, old?: T) => void
  let listeners: Listener[] = []

  function listen(listener: Listener) {
    listeners = [...listeners, listener]
    return () => {
      listeners = listeners.filter((other) => other !== listener)
    }
  }
  const small = {
    get: () => value,
    set(next: T) {
      const old = value
      if (next === old) return
      value = next
      for (const listener of listeners) listener(value, old)
    },
    listen,
    subscribe(listener: Listener) {
      listener(value)
      return listen(listener)
    },
  }
  return small as unknown as WritableAtom<T>
}

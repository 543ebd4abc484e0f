import { atom, type ReadableAtom } from 'nanostores'
import { typingLastsMs } from '../../protocol/limits.ts'

export interface Typing {
  /** The agent who is typing; empty when he has no name. */
  who: ReadableAtom<string | undefined>
  show(name: string | undefined): void
  /** May the server be told again that the visitor types? */
  mayTell(): boolean
}

const tellEveryMs = typingLastsMs / 2

export function createTyping(): Typing {
  const who = atom<string | undefined>(undefined)
  let ends: ReturnType<typeof setTimeout> | undefined
  let toldAt = 0

  return {
    who,
    show(name) {
      clearTimeout(ends)
      who.set(name)
      if (name !== undefined) ends = setTimeout(() => who.set(undefined), typingLastsMs)
    },
    mayTell() {
      const may = Date.now() - toldAt >= tellEveryMs
      if (may) toldAt = Date.now()
      return may
    },
  }
}

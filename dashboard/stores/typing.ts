import { atom, type ReadableAtom } from 'nanostores'
import { typingLastsMs } from '../../protocol/limits.ts'

export interface Typing {
  /** The names of visitors and agents who are writing, by conversation. */
  writers: ReadableAtom<ReadonlyMap<string, Writer>>
  note(conversationId: string, writer: Writer): void
  /** What was being written has arrived. */
  end(conversationId: string): void
  clear(): void
}

export interface Writer {
  kind: 'visitor' | 'agent' | 'system'
  id: string | null
  name: string | null
}

export function createTyping(): Typing {
  const writers = atom<ReadonlyMap<string, Writer>>(new Map())
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  function end(conversationId: string) {
    clearTimeout(timers.get(conversationId))
    timers.delete(conversationId)
    const next = new Map(writers.get())
    if (next.delete(conversationId)) writers.set(next)
  }

  return {
    writers,
    note(conversationId, writer) {
      clearTimeout(timers.get(conversationId))
      timers.set(
        conversationId,
        setTimeout(() => end(conversationId), typingLastsMs),
      )
      writers.set(new Map(writers.get()).set(conversationId, writer))
    },
    end,
    clear() {
      for (const id of [...timers.keys()]) end(id)
    },
  }
}

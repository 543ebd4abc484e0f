/**
 * The words of messages, so that who looks for some finds in which they stand. What it does not hold yet, its user
 * reads by himself; so it may be filled when there is time, and be lost with nothing lost.
 */
export interface MessageIndex {
  /** It holds the project's messages up to this change. */
  upTo(projectId: string): Promise<number>
  /** Goes on from `after`; whoever has done that first, on another node, counts. */
  add(projectId: string, messages: readonly IndexedMessage[], span: { after: number; upTo: number }): Promise<void>
  /** The numbers of the project's messages that have all of it, below `before`, the latest first. */
  find(projectId: string, terms: readonly Term[], before: number, limit: number): Promise<number[]>
  /** These messages of a conversation are in it no more, and nothing of it gets in again. Left out: they go by themselves. */
  forget?(conversation: { id: string; projectId: string; numbers: readonly number[] }): Promise<void>
}

export interface IndexedMessage {
  id: string
  conversationId: string
  number: number
  words: readonly string[]
}

/** Words that stand beside each other; of the last one it may be only the beginning. */
export interface Term {
  words: readonly string[]
  begins: boolean
}

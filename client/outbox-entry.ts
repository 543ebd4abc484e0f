import type { Attributes } from '../protocol/records.ts'

interface Unsent {
  clientId: string
  /** The identity that wrote it; nobody else ever sees it. */
  owner: string
  /** Null while the conversation that it belongs to does not exist yet. */
  conversationId: string | null
  text: string
  attributes?: Attributes
  kind?: 'note'
  /** Of a conversation that does not exist yet: whom it is for. */
  departmentId?: string
  createdAt: number
}

/** A message that the server has not acked: on its way, or refused with the reason. */
export type OutboxEntry =
  | (Unsent & { state: 'pending' })
  | (Unsent & { state: 'failed'; failure: { code: string; message: string } })

export type NewEntry = Pick<Unsent, 'conversationId' | 'text' | 'attributes' | 'kind' | 'departmentId'>

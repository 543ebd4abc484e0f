import type { Attachment, Attributes } from '../protocol/records.ts'

/** A file that the server does not have yet; the tab that has it in its hands is named. */
export interface WaitingFile {
  id: null
  key: string
  tab: string
  name: string
  type: string
  bytes: number
}

export type UnsentAttachment = Attachment | WaitingFile

interface Unsent {
  clientId: string
  /** The identity that wrote it; nobody else ever sees it. */
  owner: string
  /** Null while the conversation that it belongs to does not exist yet. */
  conversationId: string | null
  text: string
  attributes?: Attributes
  /** The message goes when the server has all of them. */
  attachments?: readonly UnsentAttachment[]
  kind?: 'note'
  /** Of a conversation that does not exist yet: whom it is for. */
  departmentId?: string
  createdAt: number
}

/** A message that the server has not acked: on its way, or refused with the reason. */
export type OutboxEntry =
  | (Unsent & { state: 'pending' })
  | (Unsent & { state: 'failed'; failure: { code: string; message: string } })

export type NewEntry = Pick<Unsent, 'conversationId' | 'text' | 'attributes' | 'attachments' | 'kind' | 'departmentId'>

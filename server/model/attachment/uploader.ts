import { authorIdOf } from '../caller.ts'
import type { Writer } from '../message/append.ts'

/** Whose an attachment is until it is sent, and who alone may send it. */
export interface Uploader {
  kind: 'visitor' | 'agent'
  id: string
  projectId: string
  /** Of a visitor of whom nothing is known but that: it counts against its address, too. */
  address?: string | undefined
}

/** As whom somebody who writes a message would have uploaded. */
export function uploaderOf(writer: Writer): Uploader {
  const { kind } = writer
  return writer.kind === 'visitor'
    ? { kind, id: writer.caller.visitorId, projectId: writer.caller.projectId }
    : { kind, id: authorIdOf(writer.member), projectId: writer.member.projectId }
}

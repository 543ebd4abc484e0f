/** What several endpoints are made of. */
import Type, { type TSchema } from 'typebox'
import type { ApiScope } from '../admin-records.ts'
import type { ErrorCode } from '../errors.ts'
import { Agent, Id, Membership, VisitorSelf } from '../records.ts'

/**
 * What one endpoint takes and answers. `caller` says who is let in; model/access.ts decides the rest. Whatever a page
 * with the widget calls (`host page`, `visitor`) answers CORS without credentials; the rest never does (HT2). A `file
 * address` is a right of its own: whoever has it may fetch, while he to whom it was given still may.
 */
export interface Endpoint {
  summary: string
  caller: 'anybody' | 'host page' | 'visitor' | 'agent' | 'visitor or agent' | 'api key' | 'file address'
  /** A site's backend may call it, too, by an API key with this scope (VS6). */
  scope?: ApiScope
  params?: TSchema
  query?: TSchema
  body?: TSchema
  /** Not JSON but a file: taken as the body, or given as the answer. */
  bytes?: 'taken' | 'given'
  status: 200 | 201 | 204
  /**
   * Answers come with an ETag, of the version that they show. With `If-Match` a change is made to that version only;
   * who comes too late is refused with `changed_meanwhile`. Without it the latest change counts.
   */
  versioned?: true
  answer: TSchema
  /** Codes beyond those that its caller and its parts bring along; protocol/openapi/refusals.ts has these. */
  refusals?: readonly ErrorCode[]
}

export const closed = { additionalProperties: false }
export const object = <P extends Type.TProperties>(properties: P) => Type.Object(properties, closed)
export const Nothing = Type.Null()

/** A NUL could be neither kept nor looked for on every database: it is refused before. */
export const withoutNul = '^[^\\0]*$'
const visible = '^\\s*[^\\0\\s][^\\0]*$'

export const Email = Type.String({ minLength: 3, maxLength: 255, pattern: '^[^\\s@\\0]+@[^\\s@\\0]+$' })
export const Password = Type.String({ minLength: 10, maxLength: 200 })
export const PersonName = Type.String({ minLength: 1, maxLength: 120, pattern: visible })
export const ProjectName = Type.String({ minLength: 1, maxLength: 120, pattern: visible })
export const ApiKeyName = Type.String({ minLength: 1, maxLength: 120, pattern: visible })
export const Digits = Type.String({ pattern: '^[0-9]{1,9}$' })
export const InvitationToken = Type.String({ minLength: 20, maxLength: 100 })

/** A project's id or legacy id, as pages give it. */
export const ProjectParams = object({ project: Type.String({ minLength: 1, maxLength: 64 }) })
export const KeyParams = object({ project: Id, key: Id })
/** Lists come in pages: `page` is the `nextPage` of the page before. */
export const Paging = object({
  page: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Digits),
})
export const ConversationParams = object({ conversation: Id })

/** What was written on this browser before the sign-in, and waits for an answer to "Keep it in your account?" (VS7). */
export const CarryOver = Type.Union([object({ conversations: Type.Integer({ minimum: 1 }) }), Type.Null()])

export const VisitorSession = object({
  /** Opaque; goes into `Authorization: Bearer …` and the `hello` frame. Shown once. */
  session: Type.String(),
  expiresAt: Type.Integer(),
  visitor: VisitorSelf,
  /** How many conversations the visitor has, and how many messages of agents he has not read. */
  conversations: Type.Integer(),
  unread: Type.Integer(),
  carryOver: CarryOver,
})

export const Me = object({
  agent: Agent,
  memberships: Type.Array(Membership),
})

export const Claims = object({
  name: Type.Optional(Type.String({ maxLength: 255 })),
  email: Type.Optional(Type.String({ maxLength: 255 })),
})

/** What several endpoints are made of. */
import Type, { type TSchema } from 'typebox'
import type { ApiScope } from '../admin-records.ts'
import type { ErrorCode } from '../errors.ts'
import { described, Nullable } from '../record-parts.ts'
import { Agent, Id, Membership, Time, VisitorSelf } from '../records.ts'

/**
 * What one endpoint takes and answers. `caller` says who is let in; model/access.ts decides the rest. Whatever a page
 * with the widget calls (`host page`, `visitor`) answers CORS without credentials; the rest never does (HT2). A `file
 * address` is a right of its own: whoever has it may fetch, while he to whom it was given still may.
 */
export interface Endpoint {
  summary: string
  /** What a caller must know besides: whole sentences. */
  more?: string
  caller: 'anybody' | 'host page' | 'visitor' | 'agent' | 'visitor or agent' | 'api key' | 'file address'
  /** A site's backend may call it, too, by an API key with this scope (VS6). */
  scope?: ApiScope
  /** Of agents only owners and admins; others are refused with `forbidden`. */
  forAdmins?: true
  params?: TSchema
  query?: TSchema
  body?: TSchema
  /** Not JSON but a file: taken as the body, or given as the answer. */
  bytes?: 'taken' | 'given'
  status: 200 | 201 | 204
  /**
   * Answers come with an ETag, of the version that they show. With `If-Match` that version only is changed or deleted;
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
export const Verifier = described(
  Type.Optional(Type.String({ maxLength: 200 })),
  'Of what the `nonce` of the token is the SHA-256, in base64url',
)
export const Password = Type.String({ minLength: 10, maxLength: 200 })
export const PersonName = Type.String({ minLength: 1, maxLength: 120, pattern: visible })
export const ProjectName = Type.String({ minLength: 1, maxLength: 120, pattern: visible })
export const ApiKeyName = Type.String({ minLength: 1, maxLength: 120, pattern: visible })
export const Digits = Type.String({ pattern: '^[0-9]{1,9}$' })
export const InvitationToken = described(
  Type.String({ minLength: 20, maxLength: 100 }),
  'What follows the `#` in the link that was mailed or handed over',
)

export const ProjectOfPage = described(Type.String({ minLength: 1, maxLength: 64 }), "A project's id or its legacy id")
export const ProjectParams = object({ project: ProjectOfPage })
export const KeyParams = object({ project: Id, key: Id })

/** Lists come in pages. */
export const Page = described(Type.Optional(Type.String({ maxLength: 100 })), 'The `nextPage` of the page before')
export const Limit = described(Type.Optional(Digits), 'How many at most, 1 to 200; 50 unless it is given')
export const Paging = object({ page: Page, limit: Limit })
/** Of what once came whole. */
export const LongPaging = object({
  page: Page,
  limit: described(Type.Optional(Digits), 'How many at most, 1 to 200; 200 unless it is given'),
})
export const NextPage = described(Nullable(Type.String()), 'What to ask for as `page` to read on; null at the end')

export const ConversationParams = object({ conversation: Id })

export const CarryOver = described(
  Nullable(object({ conversations: Type.Integer({ minimum: 1 }) })),
  'What was written on this browser before the sign-in, and waits for an answer to "Keep it in your account?"',
)

export const VisitorSession = object({
  session: described(Type.String(), 'Opaque; goes into `Authorization: Bearer …` and the `hello` frame. Shown once'),
  expiresAt: Time,
  visitor: VisitorSelf,
  conversations: described(Type.Integer(), 'How many conversations the visitor has'),
  unread: described(Type.Integer(), 'How many messages of agents he has not read'),
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

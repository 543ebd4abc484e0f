/**
 * The records that travel, over HTTP and over the socket alike.
 * All times are whole milliseconds since 1970 (UTC); all ids are UUIDs in lower case.
 */
import Type, { type Static } from 'typebox'
import { Attachment } from './attachment.ts'
import { OpeningHours } from './opening-hours.ts'
import { closed, Etag, Id, Nullable, Time } from './record-parts.ts'
import { WidgetSettings } from './widget-settings.ts'

export { Attachment, closed, Etag, Id, Nullable, Time }

/** A role in a project; SPEC's AG7 and SS10 say who may do what. */
export const Role = Type.Enum(['owner', 'admin', 'agent'])
export type Role = Static<typeof Role>

/** What the author of a message had proved about himself when he wrote it (VS9). */
export const Verification = Type.Object(
  {
    keyId: Id,
    issuedAt: Type.Integer({ description: "The token's iat, in milliseconds" }),
    verifiedAt: Time,
  },
  closed,
)
export type Verification = Static<typeof Verification>

export const Attributes = Type.Record(Type.String(), Type.Unknown())
export type Attributes = Static<typeof Attributes>

export const Author = Type.Object(
  { kind: Type.Enum(['visitor', 'agent', 'system']), id: Nullable(Id), name: Nullable(Type.String()) },
  closed,
)
export type Author = Static<typeof Author>

/** One message. `seq` counts what the visitor may see, without holes; notes and agents' system lines have none. */
export const Message = Type.Object(
  {
    id: Id,
    clientId: Id,
    conversationId: Id,
    seq: Nullable(Type.Integer({ minimum: 1 })),
    author: Author,
    verification: Nullable(Verification),
    kind: Type.Enum(['text', 'note', 'system']),
    text: Type.String(),
    attributes: Attributes,
    attachments: Type.Array(Attachment),
    createdAt: Time,
  },
  closed,
)
export type Message = Static<typeof Message>

/** A visitor as he himself may see it. */
export const VisitorSelf = Type.Object(
  {
    id: Id,
    externalId: Nullable(Type.String()),
    name: Nullable(Type.String()),
    email: Nullable(Type.String()),
    verified: Type.Boolean(),
  },
  closed,
)
export type VisitorSelf = Static<typeof VisitorSelf>

/**
 * A visitor as agents see it. `identity` is what may be believed right now (VS9):
 * `verified`: a live session that a signed token opened; `verified_earlier`: there was one;
 * `claimed`: a name or e-mail that nobody signed; `anonymous`: nothing at all.
 */
export const Visitor = Type.Object(
  {
    id: Id,
    externalId: Nullable(Type.String()),
    name: Nullable(Type.String()),
    email: Nullable(Type.String()),
    phone: Nullable(Type.String()),
    attributes: Attributes,
    identity: Type.Enum(['verified', 'verified_earlier', 'claimed', 'anonymous']),
    verification: Nullable(
      Type.Object(
        {
          keyId: Id,
          keyLast4: Type.String(),
          verifiedAt: Time,
          expiresAt: Type.Integer({ description: 'When the newest verified session runs out' }),
        },
        closed,
      ),
    ),
    /** The name of the verified person whose e-mail this unverified visitor claims, if any (AG3). */
    notVerifiedAs: Nullable(Type.String()),
    /** He has been sent away and is not let in again (VS15). */
    banned: Type.Boolean(),
    online: Type.Boolean(),
    createdAt: Time,
    lastSeenAt: Time,
  },
  closed,
)
export type Visitor = Static<typeof Visitor>

export const ConversationState = Type.Enum(['open', 'snoozed', 'resolved'])
export type ConversationState = Static<typeof ConversationState>

export const AgentFace = Type.Object({ id: Id, name: Type.String() }, closed)

export const DepartmentFace = Type.Object({ id: Id, name: Type.String() }, closed)

/** A department as a team knows it. `legacyId` is what pages written for Tiledesk may call it by. */
export const Department = Type.Object(
  { ...DepartmentFace.properties, legacyId: Nullable(Type.String()), agentIds: Type.Array(Id), etag: Etag },
  closed,
)
export type Department = Static<typeof Department>

/** What the visitor thought of a conversation when it was over. */
export const Rating = Type.Object(
  { stars: Type.Integer({ minimum: 1, maximum: 5 }), comment: Nullable(Type.String()), ratedAt: Time },
  closed,
)
export type Rating = Static<typeof Rating>

/** A conversation as agents see it. `version` grows with each change: of two copies the higher is the newer. */
export const Conversation = Type.Object(
  {
    id: Id,
    projectId: Id,
    version: Type.Integer(),
    state: ConversationState,
    visitor: Visitor,
    assignee: Nullable(AgentFace),
    department: Nullable(DepartmentFace),
    rating: Nullable(Rating),
    tags: Type.Array(Type.String()),
    lastSeq: Type.Integer(),
    visitorReadSeq: Type.Integer(),
    agentReadSeq: Type.Integer(),
    lastMessage: Nullable(Message),
    waitingSince: Nullable(Time),
    createdAt: Time,
    lastActivityAt: Time,
    etag: Etag,
  },
  closed,
)
export type Conversation = Static<typeof Conversation>

/** A conversation as its visitor sees it: no notes, tags, assignee or snooze (DL11). */
export const VisitorConversation = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    state: Type.Enum(['open', 'resolved']),
    department: Nullable(DepartmentFace),
    rating: Nullable(Rating),
    lastSeq: Type.Integer(),
    visitorReadSeq: Type.Integer(),
    agentReadSeq: Type.Integer(),
    lastMessage: Nullable(Message),
    createdAt: Time,
    lastActivityAt: Time,
  },
  closed,
)
export type VisitorConversation = Static<typeof VisitorConversation>

/** A shared secret, never with the secret itself (SS3). */
export const SharedSecret = Type.Object(
  {
    id: Id,
    last4: Type.String(),
    state: Type.Enum(['active', 'retiring', 'revoked']),
    createdBy: Nullable(AgentFace),
    createdAt: Time,
    retiresAt: Nullable(Time),
    revokedAt: Nullable(Time),
    lastUsedAt: Nullable(Time),
    /** Sessions open through this secret now, and how many of them are connected. */
    sessions: Type.Integer(),
    connected: Type.Integer(),
    signInsLastDay: Type.Integer(),
    signInsLastWeek: Type.Integer(),
  },
  closed,
)
export type SharedSecret = Static<typeof SharedSecret>

export const Project = Type.Object(
  {
    id: Id,
    name: Type.String(),
    legacyId: Nullable(Type.String()),
    enforcement: Type.Enum(['off', 'report', 'required']),
    allowedOrigins: Type.Array(Type.String()),
    verifiedSessionSeconds: Type.Integer(),
    anonymousCarryOver: Type.Enum(['always', 'ask', 'never']),
    singleUseTokens: Type.Boolean(),
    widget: WidgetSettings,
    openingHours: Nullable(OpeningHours),
    /** The page that mails lead a visitor back to; without one none are sent to him. */
    siteUrl: Nullable(Type.String()),
    /** So long after the last activity a conversation is erased; null: never. */
    retentionDays: Nullable(Type.Integer()),
    createdAt: Time,
    etag: Etag,
  },
  closed,
)
export type Project = Static<typeof Project>

/** What every member knows of a project. Its settings are for owners and admins (SS10). */
export const ProjectFace = Type.Object({ id: Id, name: Type.String(), widget: WidgetSettings, createdAt: Time }, closed)
export type ProjectFace = Static<typeof ProjectFace>

export const Membership = Type.Union([
  Type.Object({ project: Project, role: Type.Enum(['owner', 'admin']) }, closed),
  Type.Object({ project: ProjectFace, role: Type.Literal('agent') }, closed),
])
export type Membership = Static<typeof Membership>

export const Agent = Type.Object({ id: Id, name: Type.String(), email: Type.String() }, closed)
export type Agent = Static<typeof Agent>

export const Member = Type.Object({ agent: Agent, role: Role, joinedAt: Time, online: Type.Boolean() }, closed)
export type Member = Static<typeof Member>

export const Invitation = Type.Object(
  { id: Id, email: Type.String(), role: Role, invitedBy: Nullable(AgentFace), createdAt: Time, expiresAt: Time },
  closed,
)
export type Invitation = Static<typeof Invitation>

export const Failure = Type.Object(
  {
    error: Type.Object(
      {
        code: Type.String(),
        message: Type.String(),
        field: Type.Optional(Type.String()),
        retryAfterMs: Type.Optional(Type.Integer()),
      },
      closed,
    ),
  },
  closed,
)
export type Failure = Static<typeof Failure>

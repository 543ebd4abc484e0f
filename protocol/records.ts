/**
 * The records that travel, over HTTP and over the socket alike.
 * All times are whole milliseconds since 1970 (UTC); all ids are UUIDs in lower case.
 */
import Type, { type Static } from 'typebox'
import { Attachment } from './attachment.ts'
import { errorCodes } from './errors.ts'
import { Attributes, Author, Message, Verification } from './message.ts'
import { OpeningHours } from './opening-hours.ts'
import { closed, described, Etag, Id, Nullable, Time } from './record-parts.ts'
import { WidgetSettings } from './widget-settings.ts'

export { Attachment, Attributes, Author, closed, described, Etag, Id, Message, Nullable, Time, Verification }

/** A role in a project; SPEC's AG7 and SS10 say who may do what. */
export const Role = Type.Enum(['owner', 'admin', 'agent'])
export type Role = Static<typeof Role>

export const VisitorSelf = Type.Object(
  {
    id: Id,
    externalId: Nullable(Type.String()),
    name: Nullable(Type.String()),
    email: Nullable(Type.String()),
    verified: described(Type.Boolean(), 'A signed token has opened this session'),
  },
  { ...closed, description: 'A visitor as he himself may see it' },
)
export type VisitorSelf = Static<typeof VisitorSelf>

/** VS9. */
export const Visitor = Type.Object(
  {
    id: Id,
    externalId: described(Nullable(Type.String()), 'Who he is to the site: the `external_id` of his tokens'),
    name: Nullable(Type.String()),
    email: Nullable(Type.String()),
    phone: Nullable(Type.String()),
    attributes: described(Attributes, 'What the site said of him in his token'),
    identity: described(
      Type.Enum(['verified', 'verified_earlier', 'claimed', 'anonymous']),
      'What may be believed right now. `verified`: a session is open that a signed token opened; `verified_earlier`: there was one; `claimed`: a name or e-mail that nobody signed; `anonymous`: nothing at all',
    ),
    verification: Nullable(
      Type.Object(
        {
          keyId: Id,
          keyLast4: Type.String(),
          verifiedAt: Time,
          expiresAt: described(Time, 'When the newest verified session runs out'),
        },
        closed,
      ),
    ),
    notVerifiedAs: described(
      Nullable(Type.String()),
      'The name of the verified person whose e-mail this unverified visitor claims, if any',
    ),
    banned: described(Type.Boolean(), 'He has been sent away and is not let in again'),
    online: Type.Boolean(),
    createdAt: Time,
    lastSeenAt: Time,
  },
  { ...closed, description: 'A visitor as agents see him' },
)
export type Visitor = Static<typeof Visitor>

export const ConversationState = Type.Enum(['open', 'snoozed', 'resolved'])
export type ConversationState = Static<typeof ConversationState>

export const AgentFace = Type.Object({ id: Id, name: Type.String() }, closed)

export const DepartmentFace = Type.Object({ id: Id, name: Type.String() }, closed)

export const Department = Type.Object(
  {
    ...DepartmentFace.properties,
    legacyId: described(Nullable(Type.String()), 'What pages written for Tiledesk may call it by'),
    agentIds: described(Type.Array(Id), 'Who is in it'),
    etag: Etag,
  },
  closed,
)
export type Department = Static<typeof Department>

/** What the visitor thought of a conversation when it was over. */
export const Rating = Type.Object(
  { stars: Type.Integer({ minimum: 1, maximum: 5 }), comment: Nullable(Type.String()), ratedAt: Time },
  closed,
)
export type Rating = Static<typeof Rating>

const Version = described(Type.Integer(), 'Grows with each change: of two copies the higher is the newer')

const progress = {
  lastSeq: described(Type.Integer(), 'The `seq` of the latest message'),
  visitorReadSeq: described(Type.Integer(), 'Up to which `seq` the visitor has read'),
  agentReadSeq: described(Type.Integer(), 'Up to which `seq` an agent has read'),
  lastMessage: Nullable(Message),
}

export const Conversation = Type.Object(
  {
    id: Id,
    projectId: Id,
    version: Version,
    state: ConversationState,
    visitor: Visitor,
    assignee: described(Nullable(AgentFace), 'Whose it is; null: nobody has taken it yet'),
    department: Nullable(DepartmentFace),
    rating: described(Nullable(Rating), 'What the visitor thought of it'),
    tags: Type.Array(Type.String()),
    ...progress,
    waitingSince: described(Nullable(Time), 'Since when the visitor has no answer; null: he waits for none'),
    createdAt: Time,
    lastActivityAt: Time,
    etag: Etag,
  },
  { ...closed, description: 'A conversation as agents see it' },
)
export type Conversation = Static<typeof Conversation>

export const VisitorConversation = Type.Object(
  {
    id: Id,
    version: Version,
    state: Type.Enum(['open', 'resolved']),
    department: Nullable(DepartmentFace),
    rating: Nullable(Rating),
    ...progress,
    createdAt: Time,
    lastActivityAt: Time,
  },
  { ...closed, description: 'A conversation as its visitor sees it: no notes, tags, assignee or snooze' },
)
export type VisitorConversation = Static<typeof VisitorConversation>

export const SharedSecret = Type.Object(
  {
    id: Id,
    last4: described(Type.String(), 'The last four characters of it'),
    state: described(
      Type.Enum(['active', 'retiring', 'revoked']),
      '`retiring`: it verifies until `retiresAt`, and then no more',
    ),
    createdBy: Nullable(AgentFace),
    createdAt: Time,
    retiresAt: Nullable(Time),
    revokedAt: Nullable(Time),
    lastUsedAt: Nullable(Time),
    sessions: described(Type.Integer(), 'Sessions open through this secret now, and how many of them are connected'),
    connected: Type.Integer(),
    signInsLastDay: Type.Integer(),
    signInsLastWeek: Type.Integer(),
  },
  { ...closed, description: 'A shared secret, never with the secret itself' },
)
export type SharedSecret = Static<typeof SharedSecret>

export const Enforcement = Type.Enum(['off', 'report', 'required'])

export const Project = Type.Object(
  {
    id: Id,
    name: Type.String(),
    legacyId: described(Nullable(Type.String()), 'What pages written for Tiledesk may call it by'),
    enforcement: described(
      Enforcement,
      'Must visitors sign in? `report`: they need not, and owners and admins see how many did not',
    ),
    allowedOrigins: described(Type.Array(Type.String()), 'Which websites may show the chat; none: all of them'),
    verifiedSessionSeconds: described(Type.Integer(), 'How long a session lasts that a token opened'),
    anonymousCarryOver: described(
      Type.Enum(['always', 'ask', 'never']),
      'Does whoever signs in keep what he wrote before?',
    ),
    singleUseTokens: described(Type.Boolean(), 'Is each token good for one sign-in only?'),
    widget: WidgetSettings,
    openingHours: Nullable(OpeningHours),
    siteUrl: described(
      Nullable(Type.String()),
      'The page that mails lead a visitor back to; without one none are sent to him',
    ),
    retentionDays: described(
      Nullable(Type.Integer()),
      'So long after the last activity a conversation is erased; null: never',
    ),
    createdAt: Time,
    etag: Etag,
  },
  closed,
)
export type Project = Static<typeof Project>

export const ProjectFace = Type.Object(
  { id: Id, name: Type.String(), widget: WidgetSettings, createdAt: Time },
  { ...closed, description: 'What every member knows of a project; its settings are for owners and admins' },
)
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
        code: described(Type.Enum(errorCodes), 'Stable: match on it. New ones may come'),
        message: described(Type.String(), 'A sentence for people; it may change'),
        field: described(Type.Optional(Type.String()), 'What was wrong: a field, a parameter, or what was not found'),
        retryAfterMs: described(Type.Optional(Type.Integer()), 'With `rate_limited`: how long to wait'),
      },
      closed,
    ),
  },
  closed,
)
export type Failure = Static<typeof Failure>

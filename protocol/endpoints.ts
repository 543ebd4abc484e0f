/**
 * Every HTTP endpoint under `/api/v1`: what it takes and what it answers.
 *
 * The key is `METHOD /path`; the server registers handlers by it, the browser's typed client calls by it, and the
 * OpenAPI document is made from it. Bodies are taken as they are: an unknown field is refused, nothing is coerced
 * (HT1). Query values are strings. Every refusal is a `Failure` with a code from errors.ts.
 */
import Type, { type Static, type TSchema } from 'typebox'
import {
  Agent,
  Attributes,
  Conversation,
  ConversationState,
  Id,
  Invitation,
  Member,
  Message,
  Project,
  Role,
  SharedSecret,
  VisitorConversation,
  VisitorSelf,
  WidgetSettings,
} from './records.ts'

/**
 * What one endpoint takes and answers. `caller` says who is let in; model/access.ts decides the rest. Whatever a page
 * with the widget calls (`host page`, `visitor`) answers CORS without credentials; the rest never does (HT2).
 */
export interface Endpoint {
  summary: string
  caller: 'anybody' | 'host page' | 'visitor' | 'agent' | 'visitor or agent'
  params?: TSchema
  query?: TSchema
  body?: TSchema
  status: 200 | 201 | 204
  answer: TSchema
}

const closed = { additionalProperties: false }
const object = <P extends Type.TProperties>(properties: P) => Type.Object(properties, closed)
const Nothing = Type.Null()

const Email = Type.String({ minLength: 3, maxLength: 255, pattern: '^[^\\s@]+@[^\\s@]+$' })
const Password = Type.String({ minLength: 10, maxLength: 200 })
const PersonName = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })
const ProjectName = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })
const Digits = Type.String({ pattern: '^[0-9]{1,9}$' })
const InvitationToken = Type.String({ minLength: 20, maxLength: 100 })

/** A project's id or legacy id, as pages give it. */
const ProjectParams = object({ project: Type.String({ minLength: 1, maxLength: 64 }) })
const KeyParams = object({ project: Id, key: Id })
const ConversationParams = object({ conversation: Id })

const VisitorSession = object({
  /** Opaque; goes into `Authorization: Bearer …` and the `hello` frame. Shown once. */
  session: Type.String(),
  expiresAt: Type.Integer(),
  visitor: VisitorSelf,
  /** How many conversations the visitor has, and how many messages of agents he has not read. */
  conversations: Type.Integer(),
  unread: Type.Integer(),
})

const Me = object({
  agent: Agent,
  memberships: Type.Array(object({ project: Project, role: Role })),
})

const Claims = object({
  name: Type.Optional(Type.String({ maxLength: 255 })),
  email: Type.Optional(Type.String({ maxLength: 255 })),
})

export const endpoints = {
  'GET /setup': {
    summary: 'Is this installation waiting for its first owner?',
    caller: 'anybody',
    status: 200,
    answer: object({ needed: Type.Boolean(), codeRequired: Type.Boolean() }),
  },
  'POST /setup': {
    summary: 'Make the first owner and the first project, and sign in',
    caller: 'anybody',
    body: object({
      name: PersonName,
      email: Email,
      password: Password,
      projectName: ProjectName,
      code: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    status: 201,
    answer: object({ agent: Agent, project: Project }),
  },

  'POST /agent-session': {
    summary: 'Sign an agent in; sets the cookie',
    caller: 'anybody',
    body: object({ email: Type.String({ maxLength: 255 }), password: Type.String({ maxLength: 200 }) }),
    status: 201,
    answer: Me,
  },
  'DELETE /agent-session': { summary: 'Sign the agent out', caller: 'agent', status: 204, answer: Nothing },
  'GET /me': { summary: 'Who am I, and where do I belong', caller: 'agent', status: 200, answer: Me },

  'GET /projects': {
    summary: "The caller's projects",
    caller: 'agent',
    status: 200,
    answer: object({ projects: Type.Array(Project) }),
  },
  'POST /projects': {
    summary: 'Make another project, with the caller as its owner',
    caller: 'agent',
    body: object({ name: ProjectName }),
    status: 201,
    answer: Project,
  },
  'GET /projects/:project': {
    summary: 'One project and its settings',
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    answer: Project,
  },
  'PATCH /projects/:project': {
    summary: 'Change settings of a project',
    caller: 'agent',
    params: ProjectParams,
    body: Type.Partial(
      object({
        name: ProjectName,
        enforcement: Type.Enum(['off', 'report', 'required']),
        allowedOrigins: Type.Array(Type.String({ maxLength: 255, pattern: '^https?://[^/\\s?#]+$' }), {
          maxItems: 100,
        }),
        legacyId: Type.Union([Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), Type.Null()]),
        verifiedSessionSeconds: Type.Integer({ minimum: 600, maximum: 30 * 86_400 }),
        anonymousCarryOver: Type.Enum(['always', 'ask', 'never']),
        singleUseTokens: Type.Boolean(),
        widget: WidgetSettings,
      }),
      closed,
    ),
    status: 200,
    answer: Project,
  },
  'GET /projects/:project/widget': {
    summary: 'What the widget must know before anybody signs in',
    caller: 'host page',
    params: ProjectParams,
    status: 200,
    answer: object({
      project: Id,
      name: Type.String(),
      enforcement: Type.Enum(['off', 'report', 'required']),
      settings: WidgetSettings,
      /** First names of agents who are online, at most five. */
      agents: Type.Array(Type.String()),
    }),
  },
  'GET /projects/:project/installation': {
    summary: 'Has a signed visitor arrived yet?',
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    answer: object({
      lastSignIn: Type.Union([
        object({ at: Type.Integer(), name: Type.Union([Type.String(), Type.Null()]) }),
        Type.Null(),
      ]),
    }),
  },

  'GET /projects/:project/shared-secrets': {
    summary: "The project's shared secrets, without the secrets themselves",
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    answer: object({ sharedSecrets: Type.Array(SharedSecret) }),
  },
  'POST /projects/:project/shared-secrets': {
    summary: 'Generate a shared secret; the answer is the only one that ever shows it',
    caller: 'agent',
    params: ProjectParams,
    body: object({
      previous: Type.Optional(Type.Enum(['revoke', 'retire', 'keep'])),
      graceSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 30 * 86_400 })),
    }),
    status: 201,
    answer: object({ ...SharedSecret.properties, secret: Type.String() }),
  },
  'POST /projects/:project/shared-secrets/:key/revoke': {
    summary: 'Revoke a secret: whoever came in through it is signed out within a second',
    caller: 'agent',
    params: KeyParams,
    status: 204,
    answer: Nothing,
  },
  'POST /projects/:project/shared-secrets/:key/retire': {
    summary: 'Let a secret verify for a while longer, then no more',
    caller: 'agent',
    params: KeyParams,
    body: object({ graceSeconds: Type.Integer({ minimum: 60, maximum: 30 * 86_400 }) }),
    status: 204,
    answer: Nothing,
  },

  'POST /projects/:project/visitor-sessions': {
    summary: 'Exchange a visitor token for a session; without a token the session is anonymous',
    caller: 'host page',
    params: ProjectParams,
    body: object({
      token: Type.Optional(Type.String({ maxLength: 64 * 1024 })),
      verifier: Type.Optional(Type.String({ maxLength: 200 })),
      /** The session this browser held: ended when the identity changes, replaced when it is renewed. */
      previousSession: Type.Optional(Type.String({ maxLength: 100 })),
      /** What the page or the visitor says of himself. Never believed. */
      claims: Type.Optional(Claims),
    }),
    status: 201,
    answer: VisitorSession,
  },
  'GET /visitor-session': {
    summary: 'Is my session still good, and is anything unread?',
    caller: 'visitor',
    status: 200,
    answer: object({
      expiresAt: Type.Integer(),
      visitor: VisitorSelf,
      conversations: Type.Integer(),
      unread: Type.Integer(),
    }),
  },
  'PATCH /visitor-session': {
    summary: 'Say a name or an e-mail of oneself; nobody believes it',
    caller: 'visitor',
    body: Claims,
    status: 200,
    answer: VisitorSelf,
  },
  'DELETE /visitor-session': { summary: 'Sign the visitor out', caller: 'visitor', status: 204, answer: Nothing },

  'GET /projects/:project/conversations': {
    summary: 'Conversations, the latest first',
    caller: 'visitor or agent',
    params: ProjectParams,
    query: object({
      state: Type.Optional(ConversationState),
      /** `me`, `none`, or an agent's id. */
      assignee: Type.Optional(Type.String({ maxLength: 36 })),
      text: Type.Optional(Type.String({ maxLength: 200 })),
      /** The `nextPage` of the page before. */
      page: Type.Optional(Type.String({ maxLength: 100 })),
      limit: Type.Optional(Digits),
    }),
    status: 200,
    answer: object({
      conversations: Type.Array(Type.Union([Conversation, VisitorConversation])),
      nextPage: Type.Union([Type.String(), Type.Null()]),
    }),
  },
  'GET /conversations/:conversation': {
    summary: 'One conversation',
    caller: 'visitor or agent',
    params: ConversationParams,
    status: 200,
    answer: Type.Union([Conversation, VisitorConversation]),
  },
  'PATCH /conversations/:conversation': {
    summary: 'Resolve, snooze, reopen, assign or tag',
    caller: 'agent',
    params: ConversationParams,
    body: Type.Partial(
      object({
        state: ConversationState,
        assigneeId: Type.Union([Id, Type.Null()]),
        tags: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20 }),
      }),
      closed,
    ),
    status: 200,
    answer: Conversation,
  },
  'GET /conversations/:conversation/messages': {
    summary: 'Messages in order: the latest, those after `after`, or those before the message `before`',
    caller: 'visitor or agent',
    params: ConversationParams,
    query: object({
      /** A seq: what came after it, oldest first. */
      after: Type.Optional(Digits),
      /** A message's id: what came before it. */
      before: Type.Optional(Id),
      limit: Type.Optional(Digits),
    }),
    status: 200,
    answer: object({
      messages: Type.Array(Message),
      /** Is there more in the direction that was asked for? */
      more: Type.Boolean(),
    }),
  },
  'POST /conversations/:conversation/messages': {
    summary: 'Write a message, or an agents-only note',
    caller: 'visitor or agent',
    params: ConversationParams,
    body: object({
      clientId: Id,
      text: Type.String(),
      attributes: Type.Optional(Attributes),
      kind: Type.Optional(Type.Enum(['note'])),
    }),
    status: 201,
    answer: Message,
  },

  'GET /projects/:project/members': {
    summary: 'Who answers here',
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    answer: object({ members: Type.Array(Member) }),
  },
  'PATCH /projects/:project/members/:agent': {
    summary: "Change a member's role",
    caller: 'agent',
    params: object({ project: Id, agent: Id }),
    body: object({ role: Role }),
    status: 200,
    answer: Member,
  },
  'DELETE /projects/:project/members/:agent': {
    summary: 'Remove a member',
    caller: 'agent',
    params: object({ project: Id, agent: Id }),
    status: 204,
    answer: Nothing,
  },
  'GET /projects/:project/invitations': {
    summary: 'Invitations that are still open',
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    answer: object({ invitations: Type.Array(Invitation) }),
  },
  'POST /projects/:project/invitations': {
    summary: 'Invite somebody; the link is in this answer only',
    caller: 'agent',
    params: ProjectParams,
    body: object({ email: Email, role: Role }),
    status: 201,
    answer: object({ ...Invitation.properties, link: Type.String() }),
  },
  'DELETE /projects/:project/invitations/:invitation': {
    summary: 'Take an invitation back',
    caller: 'agent',
    params: object({ project: Id, invitation: Id }),
    status: 204,
    answer: Nothing,
  },
  'POST /invitations/preview': {
    summary: 'What does this invitation offer?',
    caller: 'anybody',
    body: object({ token: InvitationToken }),
    status: 200,
    answer: object({ projectName: Type.String(), email: Type.String(), role: Role, hasAccount: Type.Boolean() }),
  },
  'POST /invitations/accept': {
    summary: 'Join. Somebody with an account gives its password, a newcomer chooses one; sets the cookie',
    caller: 'anybody',
    body: object({ token: InvitationToken, name: Type.Optional(PersonName), password: Password }),
    status: 201,
    answer: Me,
  },
} as const satisfies Record<string, Endpoint>

export type EndpointKey = keyof typeof endpoints

type Part<K extends EndpointKey, P extends 'params' | 'query' | 'body'> = (typeof endpoints)[K] extends {
  [Q in P]: infer S extends TSchema
}
  ? { [Q in P]: Static<S> }
  : unknown

/** What a caller gives to an endpoint: those of `params`, `query` and `body` that it takes. */
export type Input<K extends EndpointKey> = Part<K, 'params'> & Part<K, 'query'> & Part<K, 'body'>
/** What an endpoint answers when it does not refuse. */
export type Answer<K extends EndpointKey> = Static<(typeof endpoints)[K]['answer']>

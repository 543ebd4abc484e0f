/**
 * Every frame of the socket `/live`: JSON objects, told apart by `type`.
 *
 * The first frame a client sends is `hello`, within 5 seconds. The server answers `welcome`; with a cursor it
 * knows, `resumed` is true and whatever was missed follows, in order. Otherwise it says `reset` first, and
 * `welcome` brings the present state. A cursor is opaque; the newest one received is the place to resume from.
 * Frames ignore unknown fields, so that versions can mix during a rolling restart (HT1).
 */
import Type, { type Static } from 'typebox'
import {
  Agent,
  Attributes,
  Author,
  Conversation,
  Id,
  Message,
  Role,
  VisitorConversation,
  VisitorSelf,
} from './records.ts'

const Cursor = Type.String({ maxLength: 80 })

const Hello = Type.Object({
  type: Type.Literal('hello'),
  v: Type.Integer(),
  /** A project's id or legacy id. */
  project: Type.String({ minLength: 1, maxLength: 64 }),
  /** A visitor's session. Without it the caller is the agent of the dashboard's cookie. */
  session: Type.Optional(Type.String({ maxLength: 100 })),
  cursor: Type.Optional(Cursor),
})

const Send = Type.Object({
  type: Type.Literal('send'),
  clientId: Id,
  /** Left out by a visitor who begins a conversation. */
  conversationId: Type.Optional(Id),
  /** To whom a visitor writes who begins a conversation: a department's id or legacy id. An unknown one is none. */
  departmentId: Type.Optional(Type.String()),
  text: Type.String(),
  attributes: Type.Optional(Attributes),
  /** Uploaded before, by this very writer; with them the text may be empty. Too many are refused by code. */
  attachmentIds: Type.Optional(Type.Array(Id)),
})

const Read = Type.Object({ type: Type.Literal('read'), conversationId: Id, seq: Type.Integer({ minimum: 0 }) })
const Typing = Type.Object({ type: Type.Literal('typing'), conversationId: Id })
const Ping = Type.Object({ type: Type.Literal('ping') })

/** Client to server. Text longer than 8,000 characters is refused by code, not by closing. */
export const ClientFrame = Type.Union([Hello, Send, Read, Typing, Ping])
export type ClientFrame = Static<typeof ClientFrame>
export type HelloFrame = Static<typeof Hello>
export type SendFrame = Static<typeof Send>

export const AgentSelf = Type.Object({ kind: Type.Literal('agent'), agent: Agent, role: Role })
export const VisitorSelfTagged = Type.Object({ kind: Type.Literal('visitor'), visitor: VisitorSelf })
export type Self = Static<typeof AgentSelf> | Static<typeof VisitorSelfTagged>

const AnyConversation = Type.Union([Conversation, VisitorConversation])

const Welcome = Type.Object({
  type: Type.Literal('welcome'),
  v: Type.Integer(),
  self: Type.Union([AgentSelf, VisitorSelfTagged]),
  cursor: Cursor,
  /** True: nothing below is repeated, what was missed follows. */
  resumed: Type.Boolean(),
  /** The 50 latest, newest first; empty when resumed. */
  conversations: Type.Array(AnyConversation),
})

const Ack = Type.Object({ type: Type.Literal('ack'), clientId: Id, message: Message })
const MessageFrame = Type.Object({ type: Type.Literal('message'), message: Message, cursor: Type.Optional(Cursor) })
const ConversationFrame = Type.Object({
  type: Type.Literal('conversation'),
  conversation: AnyConversation,
  /** The latest messages, oldest first, when the receiver has only now gained sight of the conversation (DL4). */
  messages: Type.Optional(Type.Array(Message)),
  cursor: Type.Optional(Cursor),
})
const Gone = Type.Object({ type: Type.Literal('gone'), conversationId: Id, cursor: Type.Optional(Cursor) })
const ReadMark = Type.Object({
  type: Type.Literal('read'),
  conversationId: Id,
  reader: Type.Enum(['visitor', 'agent']),
  seq: Type.Integer(),
  cursor: Type.Optional(Cursor),
})
const TypingNotice = Type.Object({ type: Type.Literal('typing'), conversationId: Id, author: Author })
const Presence = Type.Object({
  type: Type.Literal('presence'),
  kind: Type.Enum(['visitor', 'agent']),
  id: Id,
  online: Type.Boolean(),
})
const ErrorFrame = Type.Object({
  type: Type.Literal('error'),
  code: Type.String(),
  message: Type.String(),
  /** The `send` that was refused; without it the refusal is of the frame itself. */
  clientId: Type.Optional(Id),
  retryAfterMs: Type.Optional(Type.Integer()),
})
const Reset = Type.Object({ type: Type.Literal('reset') })
const Ended = Type.Object({ type: Type.Literal('ended'), reason: Type.String(), message: Type.String() })
const Bye = Type.Object({ type: Type.Literal('bye'), retryAfterMs: Type.Integer() })
const Pong = Type.Object({ type: Type.Literal('pong') })

/** Server to client. Only frames in the order of changes carry a cursor; `ack` never does (DL4). */
export const ServerFrame = Type.Union([
  Welcome,
  Ack,
  MessageFrame,
  ConversationFrame,
  Gone,
  ReadMark,
  TypingNotice,
  Presence,
  ErrorFrame,
  Reset,
  Ended,
  Bye,
  Pong,
])
export type ServerFrame = Static<typeof ServerFrame>
export type WelcomeFrame = Static<typeof Welcome>

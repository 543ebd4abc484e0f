/** Conversations and messages, for visitors and agents alike. */
import Type from 'typebox'
import {
  Attributes,
  Conversation,
  ConversationState,
  Id,
  Message,
  Nullable,
  Time,
  VisitorConversation,
} from '../records.ts'
import { SearchMatch } from '../search.ts'
import { ConversationParams, closed, Digits, type Endpoint, object, ProjectParams, withoutNul } from './parts.ts'

export const conversationEndpoints = {
  'GET /projects/:project/conversations': {
    summary:
      'Conversations, the latest first; with `text` those whose visitor is called so, then those in which it was written',
    caller: 'visitor or agent',
    scope: 'conversations:read',
    params: ProjectParams,
    query: object({
      state: Type.Optional(ConversationState),
      /** `me`, `none`, or an agent's id. */
      assignee: Type.Optional(Type.String({ maxLength: 36, pattern: withoutNul })),
      /** A department's id, or `none`. */
      department: Type.Optional(Type.String({ maxLength: 36, pattern: withoutNul })),
      /**
       * What agents look for. Of a name, an e-mail or an external id it may be any part; of messages all words, or their
       * beginnings. A page of a search has 50 conversations at most, perhaps fewer or none, and yet a next page.
       */
      text: Type.Optional(Type.String({ maxLength: 200, pattern: withoutNul })),
      /** The `nextPage` of the page before. */
      page: Type.Optional(Type.String({ maxLength: 100 })),
      limit: Type.Optional(Digits),
    }),
    status: 200,
    answer: object({
      conversations: Type.Array(Type.Union([Conversation, VisitorConversation])),
      /** With `text` only: what was found in those conversations that a message made be found. */
      matches: Type.Optional(Type.Array(SearchMatch)),
      nextPage: Type.Union([Type.String(), Type.Null()]),
    }),
  },
  'GET /conversations/:conversation': {
    summary: 'One conversation',
    caller: 'visitor or agent',
    scope: 'conversations:read',
    params: ConversationParams,
    status: 200,
    versioned: true,
    answer: Type.Union([Conversation, VisitorConversation]),
  },
  'PATCH /conversations/:conversation': {
    summary: 'Resolve, snooze, reopen, assign, move to a department or tag',
    caller: 'agent',
    scope: 'conversations:write',
    params: ConversationParams,
    body: Type.Partial(
      object({
        state: ConversationState,
        assigneeId: Nullable(Id),
        departmentId: Nullable(Id),
        tags: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20 }),
      }),
      closed,
    ),
    status: 200,
    versioned: true,
    answer: Conversation,
  },
  'POST /conversations/:conversation/close': {
    summary: 'The visitor has been helped; closing what is closed changes nothing',
    caller: 'visitor',
    params: ConversationParams,
    status: 200,
    answer: VisitorConversation,
  },
  'PUT /conversations/:conversation/rating': {
    summary: 'The visitor rates a closed conversation; as often as he likes, the latest counts',
    caller: 'visitor',
    params: ConversationParams,
    body: object({
      stars: Type.Integer({ minimum: 1, maximum: 5 }),
      comment: Type.Optional(Type.String({ maxLength: 2_000 })),
    }),
    status: 200,
    refusals: ['not_closed', 'text_invalid', 'rate_limited'],
    answer: VisitorConversation,
  },
  'GET /conversations/:conversation/messages': {
    summary: 'Messages in order: the latest, those after `after`, or those before the message `before`',
    caller: 'visitor or agent',
    scope: 'conversations:read',
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
  'GET /conversations/:conversation/export': {
    summary:
      'The conversation with every message and how its author was verified, oldest first; nearly always in one page',
    caller: 'visitor or agent',
    scope: 'conversations:read',
    params: ConversationParams,
    /** The `nextPage` of the page before. */
    query: object({ page: Type.Optional(Digits) }),
    status: 200,
    answer: object({
      conversation: Type.Union([Conversation, VisitorConversation]),
      messages: Type.Array(Message),
      exportedAt: Time,
      nextPage: Nullable(Type.String()),
    }),
  },
  'POST /conversations/:conversation/messages': {
    summary: 'Write a message, or an agents-only note',
    caller: 'visitor or agent',
    scope: 'conversations:write',
    params: ConversationParams,
    body: object({
      clientId: Id,
      text: Type.String(),
      attributes: Type.Optional(Attributes),
      /** Uploaded before, by this very caller; with them the text may be empty. */
      attachmentIds: Type.Optional(Type.Array(Id)),
      kind: Type.Optional(Type.Enum(['note'])),
    }),
    status: 201,
    refusals: [
      'forbidden',
      'client_id_conflict',
      'text_empty',
      'text_invalid',
      'text_too_long',
      'attributes_too_large',
      'attachment_not_found',
      'too_many_attachments',
      'rate_limited',
    ],
    answer: Message,
  },
} as const satisfies Record<string, Endpoint>

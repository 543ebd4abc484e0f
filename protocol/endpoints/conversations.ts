/** Conversations and messages, for visitors and agents alike. */
import Type from 'typebox'
import { described } from '../record-parts.ts'
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
import {
  ConversationParams,
  closed,
  Digits,
  type Endpoint,
  Limit,
  NextPage,
  object,
  Page,
  ProjectParams,
  withoutNul,
} from './parts.ts'

export const conversationEndpoints = {
  'GET /projects/:project/conversations': {
    summary:
      'Conversations, the latest first; with `text` those whose visitor is called so, then those in which it was written',
    caller: 'visitor or agent',
    scope: 'conversations:read',
    params: ProjectParams,
    query: object({
      state: described(Type.Optional(ConversationState), 'All of them unless it is given'),
      assignee: described(
        Type.Optional(Type.String({ maxLength: 36, pattern: withoutNul })),
        "`me`, `none`, or an agent's id",
      ),
      department: described(
        Type.Optional(Type.String({ maxLength: 36, pattern: withoutNul })),
        "A department's id, or `none`",
      ),
      text: described(
        Type.Optional(Type.String({ maxLength: 200, pattern: withoutNul })),
        'What agents look for. Of a name, an e-mail or an external id it may be any part; of messages all words, or their beginnings. A page of a search has 20 conversations at most, perhaps fewer or none, and yet a next page.',
      ),
      page: Page,
      limit: Limit,
    }),
    status: 200,
    answer: object({
      conversations: Type.Array(Type.Union([Conversation, VisitorConversation])),
      matches: described(
        Type.Optional(Type.Array(SearchMatch)),
        'With `text` only: what was found in those conversations that a message made be found',
      ),
      nextPage: NextPage,
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
    more: 'What is left out stays. Setting a resolved or snoozed conversation to `open` opens it again; so does a message of its visitor.',
    caller: 'agent',
    scope: 'conversations:write',
    params: ConversationParams,
    body: Type.Partial(
      object({
        state: ConversationState,
        assigneeId: described(Nullable(Id), 'A member; null gives it back to everybody'),
        departmentId: described(Nullable(Id), 'A department; null takes it out of the one it is in'),
        tags: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), {
          maxItems: 20,
          description: 'All of them: those that are left out go',
        }),
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
    summary: 'Messages in order: the latest, those after `after`, those before `before`, or those around `around`',
    caller: 'visitor or agent',
    scope: 'conversations:read',
    params: ConversationParams,
    query: object({
      after: described(
        Type.Optional(Type.Union([Digits, Id])),
        "A `seq`, or a message's id: what came after it, oldest first; 0 for all from the beginning",
      ),
      before: described(Type.Optional(Id), "A message's id: what came before it; the page itself is oldest first, too"),
      around: described(Type.Optional(Id), "A message's id: it, half a page before it and half a page after it"),
      limit: Limit,
    }),
    status: 200,
    answer: object({
      messages: Type.Array(Message),
      more: described(
        Type.Boolean(),
        'Is there more in the direction that was asked for; with `around`, before the first?',
      ),
      newer: described(Type.Optional(Type.Boolean()), 'With `around` only: is there more after the last?'),
    }),
  },
  'GET /conversations/:conversation/export': {
    summary:
      'The conversation with every message and how its author was verified, oldest first; nearly always in one page',
    caller: 'visitor or agent',
    scope: 'conversations:read',
    params: ConversationParams,
    query: object({ page: described(Type.Optional(Digits), 'The `nextPage` of the page before') }),
    status: 200,
    answer: object({
      conversation: Type.Union([Conversation, VisitorConversation]),
      messages: Type.Array(Message),
      exportedAt: Time,
      nextPage: NextPage,
    }),
  },
  'POST /conversations/:conversation/messages': {
    summary: 'Write a message, or an agents-only note',
    more: 'May be sent again with the same `clientId` as often as need be: whoever sent it first gets back what is stored, with the same status, and nobody reads it twice. Anybody else gets `client_id_conflict`.',
    caller: 'visitor or agent',
    scope: 'conversations:write',
    params: ConversationParams,
    body: object({
      clientId: described(
        Id,
        'Chosen by the writer, unique in the project: what makes it one message however often it is sent',
      ),
      text: described(Type.String(), 'Plain text of 1 to 8,000 characters; none is needed beside a file'),
      attributes: described(Type.Optional(Attributes), 'At most 4 KiB as JSON'),
      attachmentIds: described(
        Type.Optional(Type.Array(Id)),
        'At most 10, uploaded before by this very caller, and sent with no other message',
      ),
      kind: described(Type.Optional(Type.Enum(['note'])), 'A note, which no visitor sees; a text unless it is given'),
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

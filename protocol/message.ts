/** Messages, and what their authors had proved of themselves (VS9). */
import Type, { type Static } from 'typebox'
import { Attachment } from './attachment.ts'
import { closed, described, Id, Nullable, Time } from './record-parts.ts'

export const Verification = Type.Object(
  {
    keyId: described(Id, 'The shared secret or public key that vouched for him'),
    issuedAt: described(Time, "The token's iat, in milliseconds"),
    verifiedAt: described(Time, 'When the token was checked'),
  },
  { ...closed, description: 'What the author of a message had proved about himself when he wrote it' },
)
export type Verification = Static<typeof Verification>

export const Attributes = Type.Record(Type.String(), Type.Unknown())
export type Attributes = Static<typeof Attributes>

export const Author = Type.Object(
  {
    kind: described(
      Type.Enum(['visitor', 'agent', 'system']),
      '`agent` is also what an API key has written; `system` are lines that say what happened',
    ),
    id: described(Nullable(Id), "The visitor's, the agent's or the API key's"),
    name: Nullable(Type.String()),
  },
  closed,
)
export type Author = Static<typeof Author>

export const Message = Type.Object(
  {
    id: Id,
    clientId: described(Id, 'What its writer called it: the same again is the same message'),
    conversationId: Id,
    seq: described(
      Nullable(Type.Integer({ minimum: 1 })),
      'Counts what the visitor may see, 1, 2, 3, …; notes and lines for agents have none',
    ),
    author: Author,
    verification: described(Nullable(Verification), 'Null: nobody vouched for him, whatever his name says'),
    kind: described(
      Type.Enum(['text', 'note', 'system']),
      '`note`: for agents only. `system`: a line that says what happened, with its key in `attributes`',
    ),
    text: described(Type.String(), 'Plain text; empty where a file says it all'),
    attributes: described(Attributes, 'Whatever its writer sent along'),
    attachments: Type.Array(Attachment),
    createdAt: Time,
  },
  { ...closed, description: 'What somebody wrote, or a line that says what happened' },
)
export type Message = Static<typeof Message>

/** Why a search found a conversation. */
import Type, { type Static } from 'typebox'
import { Author, closed, Id, Time } from './records.ts'

/** The newest message of a conversation that has every word of what was looked for. */
export const SearchMatch = Type.Object(
  {
    conversationId: Id,
    messageId: Id,
    kind: Type.Enum(['text', 'note']),
    author: Author,
    createdAt: Time,
    excerpt: Type.Object(
      {
        text: Type.String({ description: 'A line of the message: plain text' }),
        ranges: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer() }, closed), {
          description: 'Where in it the words stand, in characters of JavaScript',
        }),
      },
      closed,
    ),
  },
  closed,
)
export type SearchMatch = Static<typeof SearchMatch>

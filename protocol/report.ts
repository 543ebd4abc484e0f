/** What a team did in a span of days. */
import Type, { type Static } from 'typebox'
import { described } from './record-parts.ts'
import { closed, Id, Nullable } from './records.ts'

/** Half took no longer than the median, nine in ten no longer than `ninth`. */
const Durations = Nullable(
  Type.Object({ count: Type.Integer(), medianMs: Type.Integer(), ninthMs: Type.Integer() }, closed),
)

const figures = {
  opened: described(Type.Integer(), 'Conversations that began, and how many of them with a verified visitor'),
  verified: Type.Integer(),
  resolved: described(Type.Integer(), 'How often one was resolved'),
  visitorMessages: Type.Integer(),
  agentMessages: described(Type.Integer(), 'By people who answer'),
  botMessages: described(
    Type.Optional(Type.Integer()),
    'By API keys: no agent has them among his, and they are no first reply',
  ),
  firstReply: described(Durations, 'From the beginning of a conversation to the first message of a person who answers'),
  resolution: described(Durations, 'From the beginning, or from when it was last opened again'),
  stars: described(
    Type.Array(Type.Integer(), { minItems: 5, maxItems: 5 }),
    'How many ratings had one star, two, …, five',
  ),
}

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

export const Report = Type.Object(
  {
    from: Day,
    to: Day,
    timeZone: Type.String(),
    total: Type.Object(figures, closed),
    days: described(
      Type.Array(
        Type.Object(
          {
            day: Day,
            opened: Type.Integer(),
            resolved: Type.Integer(),
            visitorMessages: Type.Integer(),
            agentMessages: Type.Integer(),
          },
          closed,
        ),
      ),
      'Every day of the span, also those on which nothing happened',
    ),
    agents: described(
      Type.Array(Type.Object({ id: Id, name: Nullable(Type.String()), ...figures }, closed)),
      'Messages and first replies are whoever wrote them; the rest is his to whom a conversation is assigned now',
    ),
    departments: described(
      Type.Array(Type.Object({ id: Nullable(Id), name: Nullable(Type.String()), ...figures }, closed)),
      'As conversations are sorted now; null: in none',
    ),
  },
  closed,
)
export type Report = Static<typeof Report>

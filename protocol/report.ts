/** What a team did in a span of days. */
import Type, { type Static } from 'typebox'
import { closed, Id, Nullable } from './records.ts'

/** Half took no longer than the median, nine in ten no longer than `ninth`. */
const Durations = Nullable(
  Type.Object({ count: Type.Integer(), medianMs: Type.Integer(), ninthMs: Type.Integer() }, closed),
)

const figures = {
  /** Conversations that began, and how many of them with a verified visitor. */
  opened: Type.Integer(),
  verified: Type.Integer(),
  /** How often one was resolved. */
  resolved: Type.Integer(),
  visitorMessages: Type.Integer(),
  agentMessages: Type.Integer(),
  /** From the beginning of a conversation to the first message of an agent. */
  firstReply: Durations,
  /** From the beginning, or from when it was last opened again. */
  resolution: Durations,
  /** How many ratings had one star, two, …, five. */
  stars: Type.Array(Type.Integer(), { minItems: 5, maxItems: 5 }),
}

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

export const Report = Type.Object(
  {
    from: Day,
    to: Day,
    timeZone: Type.String(),
    total: Type.Object(figures, closed),
    /** Every day of the span, also those on which nothing happened. */
    days: Type.Array(
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
    /** Messages and first replies are whoever wrote them; the rest is his to whom a conversation is assigned now. */
    agents: Type.Array(Type.Object({ id: Id, name: Nullable(Type.String()), ...figures }, closed)),
    /** As conversations are sorted now; null: in none. */
    departments: Type.Array(Type.Object({ id: Nullable(Id), name: Nullable(Type.String()), ...figures }, closed)),
  },
  closed,
)
export type Report = Static<typeof Report>

/** When a project answers, as its team says it, and what a visitor is told of it right now. */
import Type, { type Static } from 'typebox'
import { described } from './record-parts.ts'

const closed = { additionalProperties: false }
const ClockTime = '([01][0-9]|2[0-3]):[0-5][0-9]'

/** In the project's own time. Whoever answers past midnight has two of them. */
export const OpenInterval = Type.Object(
  {
    day: described(Type.Integer({ minimum: 1, maximum: 7 }), '1 is Monday, 7 is Sunday'),
    from: Type.String({ pattern: `^${ClockTime}$` }),
    to: Type.String({ pattern: `^(${ClockTime}|24:00)$` }),
  },
  closed,
)
export type OpenInterval = Static<typeof OpenInterval>

export const OpeningHours = Type.Object(
  {
    timeZone: described(Type.String({ minLength: 1, maxLength: 64 }), 'An IANA name, such as Europe/Rome'),
    intervals: described(Type.Array(OpenInterval, { maxItems: 50 }), 'None at all: always closed'),
    awayMessage: described(
      Type.Union([Type.String({ minLength: 1, maxLength: 400 }), Type.Null()]),
      'What a visitor reads while it is closed',
    ),
  },
  closed,
)
export type OpeningHours = Static<typeof OpeningHours>

/** A project without opening hours is always open. */
export const HoursNow = Type.Object(
  {
    open: Type.Boolean(),
    opensAt: described(
      Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
      'When it opens next; null while it is open, and where it never does',
    ),
    message: described(Type.Union([Type.String(), Type.Null()]), 'The away message while it is closed'),
  },
  closed,
)
export type HoursNow = Static<typeof HoursNow>

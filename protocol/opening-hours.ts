/** When a project answers, as its team says it, and what a visitor is told of it right now. */
import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false }
const ClockTime = '([01][0-9]|2[0-3]):[0-5][0-9]'

/** In the project's own time. Whoever answers past midnight has two of them. */
export const OpenInterval = Type.Object(
  {
    /** 1 is Monday, 7 is Sunday. */
    day: Type.Integer({ minimum: 1, maximum: 7 }),
    from: Type.String({ pattern: `^${ClockTime}$` }),
    to: Type.String({ pattern: `^(${ClockTime}|24:00)$` }),
  },
  closed,
)
export type OpenInterval = Static<typeof OpenInterval>

export const OpeningHours = Type.Object(
  {
    /** An IANA name, such as Europe/Rome. */
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    /** None at all: always closed. */
    intervals: Type.Array(OpenInterval, { maxItems: 50 }),
    /** What a visitor reads while it is closed. */
    awayMessage: Type.Union([Type.String({ minLength: 1, maxLength: 400 }), Type.Null()]),
  },
  closed,
)
export type OpeningHours = Static<typeof OpeningHours>

/** A project without opening hours is always open. */
export const HoursNow = Type.Object(
  {
    open: Type.Boolean(),
    /** When it opens next; null while it is open, and where it never does. */
    opensAt: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** The away message while it is closed. */
    message: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)
export type HoursNow = Static<typeof HoursNow>

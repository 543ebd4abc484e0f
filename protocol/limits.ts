/** Sizes and times that both sides keep (SPEC, DL7 and PA). Plain data, so that the widget can import it. */

export const protocolVersion = 1

/** A message's text, in characters as `String.length` counts them. */
export const maxTextLength = 8_000
/** A message's attributes, in bytes of JSON in UTF-8. */
export const maxAttributesBytes = 4 * 1024
/** A project's own texts for the widget, in bytes of JSON in UTF-8: every page fetches them. */
export const maxOwnTextsBytes = 16 * 1024
/** An attachment's bytes. */
export const maxAttachmentBytes = 10 * 1024 * 1024
/** How many attachments one message may have. */
export const maxAttachments = 10
/** One frame, in bytes. A longer one closes the socket with 1009. */
export const maxFrameBytes = 64 * 1024
/** The body of one request, in bytes. */
export const maxBodyBytes = 128 * 1024
/** How many conversations `welcome` brings. */
export const welcomeConversations = 50
/** More missed changes than this get `reset` instead of being replayed. */
export const maxMissedChanges = 1_000
/** What could be very much is counted so far; one more means that there is more. */
export const mostCounted = 10_000
/** A socket that has not said `hello` after this many milliseconds is closed with 4408. */
export const helloTimeoutMs = 5_000
/** A `typing` frame is good for this many milliseconds. */
export const typingLastsMs = 6_000

export const closeCodes = {
  badFrame: 4400,
  sessionEnded: 4401,
  notAllowed: 4403,
  noHello: 4408,
  tooSlow: 4413,
  tooMany: 4429,
} as const

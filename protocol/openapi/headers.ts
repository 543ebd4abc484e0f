/** The headers of answers: which there are, and which an answer has. */
import type { Endpoint } from '../endpoints/parts.ts'

const integer = { type: 'integer', minimum: 0 }

/** Three fields as in the IETF's draft (draft-ietf-httpapi-ratelimit-headers-06). */
export const headers = {
  ETag: { description: 'The version that this is, for `If-Match`.', schema: { type: 'string' } },
  XRequestId: {
    description:
      'What the log of the server calls this request: as the request named itself in the same header, with up to 100 letters, digits and `._:/+=-`, or a new id.',
    schema: { type: 'string' },
  },
  RateLimitLimit: { description: 'How many requests an agent or an API key has at once.', schema: integer },
  RateLimitRemaining: { description: 'How many of them are left.', schema: integer },
  RateLimitReset: { description: 'In how many seconds all of them are there again.', schema: integer },
  RetryAfter: { description: 'In how many seconds to try again.', schema: integer },
}

const reference = (name: keyof typeof headers) => ({ $ref: `#/components/headers/${name}` })

export const always = { 'X-Request-Id': reference('XRequestId') }

const standing = {
  'RateLimit-Limit': reference('RateLimitLimit'),
  'RateLimit-Remaining': reference('RateLimitRemaining'),
  'RateLimit-Reset': reference('RateLimitReset'),
}

const counted: Endpoint['caller'][] = ['agent', 'visitor or agent', 'api key']

/** Of every answer of an endpoint, whatever its status. */
export function headersOf({ caller }: Endpoint) {
  return { ...always, ...(counted.includes(caller) && standing) }
}

export const etag = { ETag: reference('ETag') }
export const retryAfter = { 'Retry-After': reference('RetryAfter') }

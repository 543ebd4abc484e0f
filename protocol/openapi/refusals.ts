/** With which codes an endpoint may refuse: those that its caller and its parts bring along, and its own. */
import type { Endpoint } from '../endpoints/parts.ts'
import { type ErrorCode, statusOf } from '../errors.ts'

const ofCaller: Record<Endpoint['caller'], readonly ErrorCode[]> = {
  anybody: [],
  'host page': ['origin_not_allowed'],
  visitor: ['session_ended', 'banned', 'origin_not_allowed'],
  agent: ['not_signed_in', 'rate_limited'],
  'visitor or agent': ['not_signed_in', 'session_ended', 'banned', 'origin_not_allowed', 'rate_limited'],
  'api key': ['api_key_unknown', 'forbidden', 'rate_limited'],
  'file address': [],
}

/** A change of that version only, or its end. */
export const takesIfMatch = ({ versioned, body, status }: Endpoint): boolean =>
  versioned === true && (body !== undefined || status === 204)

export function refusalsOf(endpoint: Endpoint): ErrorCode[] {
  const { caller, scope, forAdmins, params, body, refusals = [] } = endpoint
  const codes = new Set<ErrorCode>([
    'invalid_request',
    ...ofCaller[caller],
    ...(scope ? ofCaller['api key'] : []),
    ...(forAdmins ? (['forbidden'] as const) : []),
    ...(params ? (['not_found'] as const) : []),
    ...(body ? (['body_too_large', 'unsupported_media_type'] as const) : []),
    ...(takesIfMatch(endpoint) ? (['changed_meanwhile'] as const) : []),
    ...refusals,
  ])
  return [...codes].sort((a, b) => statusOf(a) - statusOf(b) || (a < b ? -1 : 1))
}

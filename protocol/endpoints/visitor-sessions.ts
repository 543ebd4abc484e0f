/** Visitor sessions: admission, renewal, sign-out (VS1–VS6). */
import Type from 'typebox'
import { tokenErrorCodes } from '../errors.ts'
import { described } from '../record-parts.ts'
import { Time, VisitorSelf } from '../records.ts'
import {
  CarryOver,
  Claims,
  type Endpoint,
  Nothing,
  object,
  ProjectParams,
  Verifier,
  VisitorSession,
  withoutNul,
} from './parts.ts'

export const visitorSessionEndpoints = {
  'POST /projects/:project/visitor-sessions': {
    summary: 'Exchange a visitor token for a session; without a token the session is anonymous',
    caller: 'host page',
    params: ProjectParams,
    body: object({
      token: described(
        Type.Optional(Type.String({ maxLength: 64 * 1024 })),
        'A JWT that the site has signed, with `iat`, `exp` and an `external_id`',
      ),
      verifier: Verifier,
      previousSession: described(
        Type.Optional(Type.String({ maxLength: 100 })),
        'The session this browser held: ended when the identity changes, replaced when it is renewed',
      ),
      claims: described(Type.Optional(Claims), 'What the page or the visitor says of himself. Never believed.'),
    }),
    status: 201,
    refusals: [...tokenErrorCodes, 'authentication_required', 'banned', 'text_invalid', 'rate_limited'],
    answer: VisitorSession,
  },
  'GET /visitor-session': {
    summary: 'Is my session still good, and is anything unread?',
    caller: 'visitor',
    status: 200,
    answer: object({
      expiresAt: Time,
      visitor: VisitorSelf,
      conversations: Type.Integer(),
      unread: Type.Integer(),
      carryOver: CarryOver,
    }),
  },
  'POST /visitor-session/carry-over': {
    summary:
      'Keep in the account what was written on this browser before the sign-in, or leave it; the first answer counts',
    caller: 'visitor',
    body: object({ keep: Type.Boolean() }),
    status: 200,
    answer: object({ conversations: Type.Integer(), unread: Type.Integer() }),
  },
  'PATCH /visitor-session': {
    summary: 'Say a name or an e-mail of oneself; nobody believes it',
    caller: 'visitor',
    body: Claims,
    status: 200,
    refusals: ['text_invalid', 'rate_limited'],
    answer: VisitorSelf,
  },
  'DELETE /visitor-session': { summary: 'Sign the visitor out', caller: 'visitor', status: 204, answer: Nothing },
  'DELETE /projects/:project/visitor-sessions': {
    summary: 'Sign a person out everywhere, within a second',
    caller: 'api key',
    scope: 'visitors:sign_out',
    params: ProjectParams,
    query: object({ externalId: Type.String({ minLength: 1, maxLength: 255, pattern: withoutNul }) }),
    status: 200,
    answer: object({ ended: described(Type.Integer(), 'How many sessions were open') }),
  },
} as const satisfies Record<string, Endpoint>

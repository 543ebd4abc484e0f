/** Visitor sessions: admission, renewal, sign-out (VS1–VS6). */
import Type from 'typebox'
import { tokenErrorCodes } from '../errors.ts'
import { VisitorSelf } from '../records.ts'
import {
  CarryOver,
  Claims,
  type Endpoint,
  Nothing,
  object,
  ProjectParams,
  VisitorSession,
  withoutNul,
} from './parts.ts'

export const visitorSessionEndpoints = {
  'POST /projects/:project/visitor-sessions': {
    summary: 'Exchange a visitor token for a session; without a token the session is anonymous',
    caller: 'host page',
    params: ProjectParams,
    body: object({
      token: Type.Optional(Type.String({ maxLength: 64 * 1024 })),
      verifier: Type.Optional(Type.String({ maxLength: 200 })),
      /** The session this browser held: ended when the identity changes, replaced when it is renewed. */
      previousSession: Type.Optional(Type.String({ maxLength: 100 })),
      /** What the page or the visitor says of himself. Never believed. */
      claims: Type.Optional(Claims),
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
      expiresAt: Type.Integer(),
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
    answer: object({ ended: Type.Integer() }),
  },
} as const satisfies Record<string, Endpoint>

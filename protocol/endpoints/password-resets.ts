/** A forgotten password (HT2). */
import Type from 'typebox'
import { type Endpoint, InvitationToken, Nothing, object, Password, withoutNul } from './parts.ts'

export const passwordResetEndpoints = {
  'POST /password-resets': {
    summary: 'Have a link to choose a new password sent; the answer is the same whether there is such an account',
    caller: 'anybody',
    body: object({ email: Type.String({ maxLength: 255, pattern: withoutNul }) }),
    status: 204,
    answer: Nothing,
    refusals: ['rate_limited', 'mail_not_configured'],
  },
  'POST /password-resets/use': {
    summary: 'Choose a new password by such a link, once; every session of the account ends',
    caller: 'anybody',
    body: object({ token: InvitationToken, password: Password }),
    status: 204,
    answer: Nothing,
    refusals: ['link_expired', 'rate_limited'],
  },
} as const satisfies Record<string, Endpoint>

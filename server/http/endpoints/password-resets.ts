import { askForReset, resetPassword } from '../../model/agent/password-reset.ts'
import { Allowance } from '../../model/allowance.ts'
import { Attempts } from '../../model/attempts.ts'
import { Refused } from '../../model/refused.ts'
import { addressKey } from '../address-key.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function passwordResetRoutes(route: Route, { model, mailing }: HttpParts): void {
  const asked = new Allowance({ perMinute: 1, burst: 10, now: model.now })
  const attempts = new Attempts({ free: 10, firstMs: 1_000, longestMs: 15 * 60_000, now: model.now })

  route('POST /password-resets', async ({ body }, request) => {
    if (!mailing) throw new Refused('mail_not_configured')
    asked.take(addressKey(request.ip))
    // Not waited for: how long it takes would tell whether there is such an account.
    askForReset(model, mailing, body.email).catch((error) => request.log.error(error, 'A reset could not be prepared.'))
  })

  route('POST /password-resets/use', async ({ body }, request) => {
    const name = addressKey(request.ip)
    attempts.require(name)
    try {
      await resetPassword(model, body.token, body.password)
    } catch (error) {
      if (error instanceof Refused) attempts.refused(name)
      throw error
    }
  })
}

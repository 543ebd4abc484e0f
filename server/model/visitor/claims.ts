import type { VisitorSelf } from '../../../protocol/records.ts'
import { emailKey } from '../agent/agent.ts'
import type { VisitorCaller } from '../caller.ts'
import { touchVisitorsConversations } from '../conversation/touch.ts'
import { isStorable } from '../message/text.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { describeVisitor } from './session.ts'

/** What a visitor or his page says of him, unsigned. It is shown as claimed and never believed (VS9). */
export interface Claims {
  name?: string | undefined
  email?: string | undefined
}

/** Empty counts as absent; what cannot be shown is refused. */
export function cleanClaims(claims: Claims): { name: string | null; email: string | null } {
  return { name: cleanClaim('name', claims.name), email: cleanClaim('email', claims.email) }
}

function cleanClaim(field: keyof Claims, value: string | undefined): string | null {
  const text = value?.trim() ?? ''
  if (text === '') return null
  if (!isStorable(text) || /\p{Cc}/u.test(text)) throw new Refused('text_invalid', { field })
  return text
}

/** Changes what an anonymous visitor claims. Over what a token said, claims have no power (VS4). */
export async function claim(
  model: Pick<Model, 'database' | 'bus' | 'presence' | 'now'>,
  caller: VisitorCaller,
  claims: Claims,
): Promise<VisitorSelf> {
  const { name, email } = cleanClaims(claims)
  const verified = caller.verification !== null
  if (!verified) {
    await model.database.transaction(async (tx) => {
      await tx.query
        .updateTable('visitors')
        .set({
          ...(claims.name === undefined ? {} : { name }),
          ...(claims.email === undefined ? {} : { email, email_key: email && emailKey(email) }),
          last_seen_at: model.now(),
        })
        .where('id', '=', caller.visitorId)
        .where('external_id', 'is', null)
        .execute()
      await touchVisitorsConversations(tx, model, caller.projectId, caller.visitorId)
    })
  }
  return (await describeVisitor(model, caller.visitorId, verified)).visitor
}

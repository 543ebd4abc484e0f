/** One attempt: signed anew each time, since receivers refuse what was signed minutes ago. */
import type { OutboxTable } from '../../db/outbox-tables.ts'
import { type Guards, guardedRequest, parseHttpsUrl, Unreachable } from '../../outside/guarded-request.ts'
import type { Model } from '../model.ts'
import type { Outcome } from '../outbox/finish.ts'
import type { Send } from '../outbox/outbox.ts'
import { signatureHeaders } from './sign.ts'
import { webhookContext } from './webhook.ts'

/** Of the answer nothing counts but its status. */
const limits = { timeoutMs: 15_000, maxBytes: 1024, tooLong: 'left' } as const

interface Receiver {
  url: string
  project_id: string
  sealed: string
  previous_sealed: string | null
  previous_until: number | null
}

export function webhookSender(
  model: Pick<Model, 'database' | 'masterKey' | 'now'>,
  guards: Partial<Guards> = {},
): Send {
  return async (row) => {
    const [receiver] = await model.database.rows<Receiver>(
      'select url, project_id, sealed, previous_sealed, previous_until from webhooks where id = ?',
      [row.target],
    )
    if (!receiver) return { status: null, failure: 'The webhook has been removed.' }
    return post(receiver.url, row, secretsOf(model, row.target, receiver), model.now(), guards)
  }
}

async function post(
  url: string,
  { id, body }: OutboxTable,
  secrets: string[],
  now: number,
  guards: Partial<Guards>,
): Promise<Outcome> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Signet',
    ...signatureHeaders(secrets, id, now, body),
  }
  try {
    const asked = { method: 'POST' as const, headers, body, ...limits }
    const { status, retryAfter } = await guardedRequest(parseHttpsUrl(url), asked, guards)
    if (status >= 200 && status < 300) return { status, failure: null }
    if (status === 410) return { status, failure: goneForGood, gone: true }
    const failure = `The address answered with status ${status}.`
    return { status, failure, retryAfterMs: msFrom(retryAfter, now) }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return { status: null, failure: error.message }
  }
}

const goneForGood = 'The address answered with status 410: it is gone for good.'

/** Seconds, or a date. */
function msFrom(retryAfter: string | undefined, now: number): number | undefined {
  if (retryAfter === undefined) return undefined
  const ms = /^[0-9]{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now
  return ms > 0 ? ms : undefined
}

function secretsOf({ masterKey, now }: Pick<Model, 'masterKey' | 'now'>, id: string, receiver: Receiver): string[] {
  const { sealed, previous_sealed: previous, previous_until: until } = receiver
  const signing = previous !== null && until !== null && until > now() ? [sealed, previous] : [sealed]
  return signing.map((each) => {
    const secret = masterKey.unseal(each, webhookContext(receiver.project_id, id))
    if (secret === undefined) throw new Error(`The secret of the webhook ${id} cannot be decrypted.`)
    return secret
  })
}

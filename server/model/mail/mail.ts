/**
 * Mails wait in the outbox like everything that leaves the house. They hold links that open doors, so they are sealed
 * until they are sent, and then forgotten.
 */
import type { Transaction } from '../../db/database.ts'
import type { Letter, Mailer } from '../../outside/smtp.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import type { Send } from '../outbox/outbox.ts'
import { newDelivery, putInOutbox } from '../outbox/put.ts'
import { isMailable, type Wording, written } from './letter.ts'

/** Whoever has it can have mails sent. */
export interface Mailing {
  /** The address that people type, for links. */
  publicUrl(): string
}

export interface NewMail extends Wording {
  type: 'invitation' | 'password_reset' | 'missed_messages'
  to: string
  projectId?: string
  visitorId?: string
  /** One click on it ends such mails. */
  unsubscribe?: string
  /** After which it is of no use any more. */
  goodForMs: number
}

/** In the transaction of what it tells of. An address that cannot be one gets nothing. */
export async function queueMail(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now' | 'masterKey'>,
  mail: NewMail,
): Promise<boolean> {
  if (!isMailable(mail.to)) return false
  const id = newId()
  const kept = { to: mail.to, ...written(mail), unsubscribe: mail.unsubscribe ?? null }
  const sealed = await model.masterKey.seal(tx, JSON.stringify(kept), mailContext(id))
  const now = model.now()
  const delivery = newDelivery(now, {
    id,
    target: 'mail',
    project_id: mail.projectId ?? null,
    visitor_id: mail.visitorId ?? null,
    type: `mail.${mail.type}`,
    body: '',
    sealed,
    expires_at: now + mail.goodForMs,
  })
  await putInOutbox(tx, model, [delivery])
  return true
}

const mailContext = (id: string): string => `mail:${id}`

export function mailSender({ masterKey }: Pick<Model, 'masterKey'>, mailer: Mailer): Send {
  return async ({ id, sealed }) => {
    const text = masterKey.unseal(sealed, mailContext(id))
    if (text === undefined) throw new Error(`The mail ${id} cannot be decrypted.`)
    const letter: Omit<Letter, 'messageId'> = JSON.parse(text)
    try {
      // The same id at every attempt: one that arrives twice is known for the same mail.
      await mailer({ ...letter, messageId: `<${id}@signet>` })
      return { status: 250, failure: null }
    } catch (error) {
      const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : null
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
      return { status, failure: `The mail server did not take it${code}.` }
    }
  }
}

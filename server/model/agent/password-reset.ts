/** Who has forgotten his password sets another one, by a link that goes to his e-mail (HT2). */
import { hashPassword } from '../../../identity/password.ts'
import { createSessionToken, hashSessionToken } from '../../../identity/session-token.ts'
import { newId } from '../id.ts'
import { type Mailing, queueMail } from '../mail/mail.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { recordSecurityEvent } from '../security.ts'
import { emailKey } from './agent.ts'

const goodForMs = 3_600_000
/** More within an hour are not sent: nobody fills somebody else's mailbox. */
const mostOpen = 3

/** Says nothing of whether there is such an account. */
export async function askForReset(
  model: Pick<Model, 'database' | 'bus' | 'masterKey' | 'now'>,
  { publicUrl }: Mailing,
  email: string,
): Promise<void> {
  const { token, hash } = createSessionToken()
  await model.database.transaction(async (tx) => {
    const now = model.now()
    const [agent] = await tx.rows<{ id: string; email: string }>(
      // Held: several at the same moment would all be the third.
      `select id, email from agents where email_key = ? ${tx.dialect === 'postgres' ? 'for update' : ''}`,
      [emailKey(email)],
    )
    if (!agent) return
    const open = await tx.rows('select id from password_resets where agent_id = ? and created_at > ?', [
      agent.id,
      now - goodForMs,
    ])
    if (open.length >= mostOpen) return
    const row = { id: newId(), agent_id: agent.id, token_hash: hash, created_at: now, expires_at: now + goodForMs }
    await tx.query.insertInto('password_resets').values(row).execute()
    await queueMail(tx, model, {
      type: 'password_reset',
      to: agent.email,
      subject: 'Choose a new password',
      paragraphs: [
        'Somebody, probably you, has asked for a new password for your account.',
        'The link works once, for an hour. If it was not you, do nothing: your password stays as it is.',
      ],
      // Behind the #, where it reaches no server's log and no referrer.
      link: { text: 'Choose a new password', url: `${publicUrl()}/password-reset#${token}` },
      goodForMs,
    })
  })
}

/** Once; whoever was signed in with the old password is signed out everywhere. */
export async function resetPassword(
  model: Pick<Model, 'database' | 'bus' | 'now'>,
  token: string,
  password: string,
): Promise<void> {
  const hash = hashSessionToken(token)
  const now = model.now()
  const [there] = await model.database.rows(openReset, [hash, now])
  // Before the slow hashing, which nobody gets for nothing.
  if (!there) throw new Refused('link_expired', { field: 'token' })
  const passwordHash = await hashPassword(password)
  await model.database.transaction(async (tx) => {
    const [used] = await tx.rows<{ agent_id: string }>(
      `update password_resets set used_at = ? where token_hash = ? and used_at is null and expires_at > ?
       returning agent_id`,
      [now, hash, now],
    )
    if (!used) throw new Refused('link_expired', { field: 'token' })
    await tx.rows('update agents set password_hash = ? where id = ?', [passwordHash, used.agent_id])
    // Other links that are still on their way are of no use any more.
    await tx.rows('update password_resets set used_at = ? where agent_id = ? and used_at is null', [now, used.agent_id])
    const ended = await tx.rows<{ id: string }>('delete from agent_sessions where agent_id = ? returning id', [
      used.agent_id,
    ])
    for (const { id } of ended) {
      await recordSecurityEvent(tx, model, { kind: 'agent_session_ended', projectId: null, subjectId: id })
    }
  })
}

const openReset = 'select id from password_resets where token_hash = ? and used_at is null and expires_at > ?'

/** True if there may be more. */
export async function pruneResets({ database, now }: Pick<Model, 'database' | 'now'>, most: number): Promise<boolean> {
  const gone = await database.transaction((tx) =>
    tx.rows(
      `delete from password_resets where id in (select id from password_resets where expires_at <= ? limit ?)
       returning id`,
      [now() - goodForMs, most],
    ),
  )
  return gone.length === most
}

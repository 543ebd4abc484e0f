/**
 * A verified visitor who has left gets one mail with what he missed (ML4): when an answer has gone unread for ten
 * minutes, and not again until he has read some of what he was mailed about. Whoever marks the conversations sends the
 * mail; on several nodes that is one of them.
 *
 * Only what was active in the last hours is looked at, of projects that say where their visitors come back to.
 */
import { randomBytes } from 'node:crypto'
import type { Transaction } from '../../db/database.ts'
import { attachmentsFrom } from '../message/record.ts'
import type { Model } from '../model.ts'
import { type Mailing, queueMail } from './mail.ts'

const unreadForMs = 10 * 60_000
const lookBackMs = 3 * 3_600_000
const goodForMs = 12 * 3_600_000
const mostAtOnce = 200
const mostMessages = 10

type Acting = Pick<Model, 'database' | 'bus' | 'masterKey' | 'now'>

/** Mails whoever is due. Gives how many. */
export async function mailMissed(model: Acting, mailing: Mailing): Promise<number> {
  const now = model.now()
  const due = await model.database.rows<{ visitor_id: string }>(
    `select distinct c.visitor_id from projects p
       join conversations c on c.project_id = p.id and c.last_activity_at > ?
       join visitors v on v.id = c.visitor_id
     where p.site_url is not null and ${isMissed} and ${mayBeMailed} limit ?`,
    [now - lookBackMs, now - unreadForMs, mostAtOnce],
  )
  let mailed = 0
  for (const { visitor_id: id } of due) {
    if (await model.database.transaction((tx) => mailOne(tx, model, mailing, id, now))) mailed += 1
  }
  return mailed
}

/** Unread long enough, and not what he has been mailed already. */
const isMissed = `c.last_seq > c.visitor_read_seq and exists (
  select 1 from messages m where m.conversation_id = c.id and m.seq > c.visitor_read_seq
    and m.author_kind = 'agent' and m.created_at > coalesce(v.mailed_at, 0) and m.created_at <= ?)`

/** He is who he says he is, wants mails, and has been here since the last one: he has read something. */
const mayBeMailed = `v.external_id is not null and v.email is not null and v.banned_at is null
  and v.mail_refused_at is null and (v.mailed_at is null or exists (
    select 1 from conversations o where o.visitor_id = v.id and o.visitor_read_seq > coalesce(o.mailed_read_seq, 0)))`

interface Missing {
  id: string
  project_id: string
  project: string
  site_url: string
  email: string
  mail_token: string | null
  mailed_at: number | null
}

async function mailOne(
  tx: Transaction,
  model: Acting,
  mailing: Mailing,
  visitorId: string,
  now: number,
): Promise<boolean> {
  // Nodes that have found the same visitor: the second finds him mailed.
  await tx.alone(`missed messages of ${visitorId}`)
  const missing = await tx.rows<Missing>(
    `select c.id, c.project_id, p.name as project, p.site_url, v.email, v.mail_token, v.mailed_at
     from conversations c join visitors v on v.id = c.visitor_id join projects p on p.id = c.project_id
     where c.visitor_id = ? and p.site_url is not null and ${isMissed} and ${mayBeMailed}
     order by c.last_activity_at desc`,
    [visitorId, now - unreadForMs],
  )
  const [latest] = missing
  if (!latest) return false
  // Waits for whoever erases him, and then there is nobody to write to.
  const marked = 'update visitors set mailed_at = ? where id = ? and erasing_at is null returning id'
  if ((await tx.rows(marked, [now, visitorId])).length === 0) return false
  await tx.rows('update conversations set mailed_read_seq = visitor_read_seq where visitor_id = ?', [visitorId])
  const token = latest.mail_token ?? (await giveToken(tx, visitorId))
  const unsubscribe = `${mailing.publicUrl()}/unsubscribe/${token}`
  return queueMail(tx, model, {
    type: 'missed_messages',
    to: latest.email,
    projectId: latest.project_id,
    visitorId,
    subject: `New messages from ${latest.project}`,
    paragraphs: ['While you were away, you got an answer:', ...(await missedTexts(tx, missing, latest.mailed_at ?? 0))],
    link: { text: 'Read and answer', url: wayBack(latest.site_url, latest.id) },
    footer: { text: `No more such mails from ${latest.project}`, url: unsubscribe },
    unsubscribe,
    goodForMs,
  })
}

async function missedTexts(tx: Transaction, missing: readonly Missing[], since: number): Promise<string[]> {
  const messages = await tx.query
    .selectFrom('messages as m')
    .innerJoin('conversations as c', 'c.id', 'm.conversation_id')
    .select(['m.author_name', 'm.text', 'm.attachments'])
    .where(
      'c.id',
      'in',
      missing.map(({ id }) => id),
    )
    .where('m.created_at', '>', since)
    .where('m.author_kind', '=', 'agent')
    .whereRef('m.seq', '>', 'c.visitor_read_seq')
    .orderBy('m.created_at')
    .orderBy('m.change_number')
    .limit(mostMessages)
    .execute()
  return messages.map(({ author_name: name, text, attachments }) => `${name ?? 'We'}: ${textOf(text, attachments)}`)
}

/** Files by their names; what is in them is seen only in the chat. */
function textOf(text: string, attachments: string): string {
  const names = attachmentsFrom(attachments).map(({ name }) => `[${name}]`)
  return [text, ...names].filter((part) => part !== '').join(' ')
}

/** The page opens the conversation once he is signed in there; a link alone shows nobody anything. */
function wayBack(siteUrl: string, conversationId: string): string {
  const url = new URL(siteUrl)
  url.searchParams.set('tiledesk_conversation', conversationId)
  return url.href
}

async function giveToken(tx: Transaction, visitorId: string): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  await tx.rows('update visitors set mail_token = ? where id = ?', [token, visitorId])
  return token
}

/** True if there is such a visitor; he hears nothing more from this project by mail. */
export async function refuseMails({ database, now }: Pick<Model, 'database' | 'now'>, token: string): Promise<boolean> {
  const refused = await database.transaction((tx) =>
    tx.rows('update visitors set mail_refused_at = coalesce(mail_refused_at, ?) where mail_token = ? returning id', [
      now(),
      token,
    ]),
  )
  return refused.length > 0
}

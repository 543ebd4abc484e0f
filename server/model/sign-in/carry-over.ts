/**
 * From anonymous to signed in (VS7): what somebody wrote on this browser may follow him into his account. The project
 * says whether always, never, or when he answers that he wants it; until then the new session keeps the offer, and
 * nobody sees a word of it. On a shared computer it may be somebody else who has signed in.
 *
 * The messages stay as they were written: by an anonymous author, with no verification, for good.
 */
import { hashSessionToken } from '../../../identity/session-token.ts'
import type { Project } from '../../../protocol/records.ts'
import type { Database, Transaction } from '../../db/database.ts'
import type { VisitorCaller } from '../caller.ts'
import { nextNumber, publishOnCommit } from '../change.ts'
import { loadConversation, type View } from '../conversation/record.ts'
import { readMessages } from '../message/history.ts'
import type { Model } from '../model.ts'
import { describeVisitor } from '../visitor/session.ts'

type Telling = Pick<Model, 'bus'> & View

/** So many are told one by one; of more, whoever is connected reads the log. */
const toldAlone = 20
const gainedMessages = 50

/**
 * Inside a sign-in: what becomes of the conversations of the session that it ends. Gives the visitor who is offered
 * to the new session, if somebody has to be asked.
 */
export async function carryOver(
  tx: Transaction,
  model: Telling,
  project: Pick<Project, 'id' | 'anonymousCarryOver'>,
  previous: VisitorCaller,
  visitorId: string,
): Promise<string | null> {
  if (project.anonymousCarryOver === 'never' || previous.verification !== null) return null
  if (!(await hasSomething(tx, previous.visitorId))) return null
  if (project.anonymousCarryOver === 'ask') return previous.visitorId
  await moveConversations(tx, model, project.id, previous.visitorId, visitorId)
  return null
}

/**
 * Inside a sign-in with a session that is over: the offer that it, or the session which replaced it, still held for
 * this very visitor. So an answer that got lost on its way, or a revocation, does not lose the question.
 */
export async function passOnOffer(
  tx: Transaction,
  projectId: string,
  token: string,
  visitorId: string,
): Promise<string | null> {
  const [held] = await tx.rows<{ id: string; carry_over_from: string }>(
    `select o.id, o.carry_over_from from visitor_sessions p
       join visitor_sessions o on o.visitor_id = ? and (o.id = p.id or o.carry_over_from = p.visitor_id)
     where p.token_hash = ? and p.project_id = ? and o.carry_over_from is not null limit 1`,
    [visitorId, hashSessionToken(token), projectId],
  )
  if (!held) return null
  await tx.rows('update visitor_sessions set carry_over_from = null where id = ?', [held.id])
  return held.carry_over_from
}

export type Offer = { conversations: number } | null

/** What this session may still take over; void when it was banned, moved or forbidden meanwhile. */
export async function findOffer({ database }: Pick<Model, 'database'>, sessionId: string): Promise<Offer> {
  const offered = await readOffer(database, sessionId)
  return offered && { conversations: offered.conversations }
}

/** The first answer counts; whatever comes after it changes nothing. */
export async function answerCarryOver(
  model: Pick<Model, 'database'> & Telling,
  caller: VisitorCaller,
  keep: boolean,
): Promise<{ conversations: number; unread: number }> {
  await model.database.transaction(async (tx) => {
    await tx.alone(`carry over to ${caller.sessionId}`)
    const offered = await readOffer(tx, caller.sessionId)
    await tx.rows('update visitor_sessions set carry_over_from = null where id = ?', [caller.sessionId])
    if (offered && keep) await moveConversations(tx, model, caller.projectId, offered.visitor_id, caller.visitorId)
  })
  const { conversations, unread } = await describeVisitor(model, caller.visitorId, caller.verification !== null)
  return { conversations, unread }
}

async function hasSomething(tx: Transaction, visitorId: string): Promise<boolean> {
  const rows = await tx.rows(
    `select v.id from visitors v where v.id = ? and v.external_id is null and v.banned_at is null
       and v.erasing_at is null and exists (select 1 from conversations c where c.visitor_id = v.id)`,
    [visitorId],
  )
  return rows.length > 0
}

async function readOffer(
  reader: Pick<Database, 'rows'>,
  sessionId: string,
): Promise<{ visitor_id: string; conversations: number } | null> {
  const [row] = await reader.rows<{ visitor_id: string; conversations: number }>(
    `select v.id as visitor_id, count(c.id) as conversations from visitor_sessions s
       join projects p on p.id = s.project_id and p.anonymous_carry_over <> 'never'
       join visitors v on v.id = s.carry_over_from and v.external_id is null and v.banned_at is null
         and v.erasing_at is null
       join conversations c on c.visitor_id = v.id
     where s.id = ? and s.ended_at is null and s.key_id is not null group by v.id`,
    [sessionId],
  )
  return row ?? null
}

async function moveConversations(
  tx: Transaction,
  model: Telling,
  projectId: string,
  from: string,
  to: string,
): Promise<void> {
  // Before anything is read: nobody else moves them, begins another or writes in one until this is through.
  await tx.rows('update projects set change_number = change_number where id = ?', [projectId])
  const rows = await tx.rows<{ id: string }>(
    'select id from conversations where visitor_id = ? order by change_number desc limit ?',
    [from, toldAlone + 1],
  )
  for (const { id } of rows.slice(0, toldAlone)) await moveOne(tx, model, projectId, id, to)
  if (rows.length > toldAlone) await moveRest(tx, model, projectId, from, to)
}

async function moveOne(tx: Transaction, model: Telling, projectId: string, id: string, to: string): Promise<void> {
  const before = await loadConversation(tx.query, model, id)
  const number = await nextNumber(tx, projectId)
  await tx.rows(`update conversations set ${movedColumns} where id = ?`, [to, ...Array(4).fill(number), id])
  const record = await loadConversation(tx.query, model, id)
  if (!before || !record) throw new Error('A conversation that is there cannot be found.')
  const { facts, agentView, visitorView } = record
  const { messages } = await readMessages({ database: tx }, id, { limit: gainedMessages, agentView: false })
  publishOnCommit(tx, model.bus, projectId, [
    { kind: 'conversation', number, facts, before: before.facts, agentView, visitorView, messages, agentsOnly: false },
  ])
}

async function moveRest(tx: Transaction, model: Telling, projectId: string, from: string, to: string): Promise<void> {
  const number = await nextNumber(tx, projectId)
  await tx.rows(`update conversations set ${movedColumns} where visitor_id = ?`, [to, ...Array(4).fill(number), from])
  publishOnCommit(tx, model.bus, projectId, [{ kind: 'many', number, audience: { visitorId: to } }])
}

const movedColumns = 'visitor_id = ?, change_number = ?, record_number = ?, access_number = ?, taken_number = ?'

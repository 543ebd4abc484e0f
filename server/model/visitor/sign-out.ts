/** Sessions that end before their time: signed out, banned, or closed to whoever is not signed in (VS6, VS10, VS15). */
import type { EndReason } from '../../../protocol/errors.ts'
import type { Transaction } from '../../db/database.ts'
import type { VisitorCaller } from '../caller.ts'
import { touchVisitorsConversations } from '../conversation/touch.ts'
import type { Model } from '../model.ts'
import { recordSecurityEvent } from '../security.ts'
import { endVisitorSession, shortenVerification } from './session.ts'

type Acting = Pick<Model, 'database' | 'bus' | 'presence' | 'now'>

/** Signs a visitor out for good (VS6). */
export async function signOutVisitor(model: Acting, caller: VisitorCaller): Promise<void> {
  await model.database.transaction((tx) => endVisitorSession(tx, model, caller, 'signed_out'))
}

/** Signs a person out in every browser (VS6); how many sessions that ended. */
export async function signOutEverywhere(model: Acting, projectId: string, externalId: string): Promise<number> {
  return model.database.transaction(async (tx) => {
    const [visitor] = await tx.rows<{ id: string }>(
      'select id from visitors where project_id = ? and external_id = ?',
      [projectId, externalId],
    )
    return visitor ? endSessionsOfVisitor(tx, model, { projectId, visitorId: visitor.id }, 'signed_out') : 0
  })
}

/** Ends every open session of a visitor; agents see him anew. To be called last, as `recordSecurityEvent` is. */
export async function endSessionsOfVisitor(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'presence' | 'now'>,
  { projectId, visitorId }: Pick<VisitorCaller, 'projectId' | 'visitorId'>,
  reason: EndReason,
): Promise<number> {
  const now = model.now()
  const ended = await tx.rows(
    `update visitor_sessions set ended_at = ?, end_reason = ?
     where visitor_id = ? and ended_at is null and expires_at > ? returning id`,
    [now, reason, visitorId, now],
  )
  await shortenVerification(tx, now, visitorId)
  await touchVisitorsConversations(tx, model, projectId, visitorId)
  await recordSecurityEvent(tx, model, { kind: 'visitor_sessions_ended', projectId, subjectId: visitorId })
  return ended.length
}

/** VS10: nobody writes without a token any more; sockets are told by the change of the project. */
export async function endAnonymousSessions(tx: Transaction, { now }: Pick<Model, 'now'>, projectId: string) {
  await tx.rows(
    `update visitor_sessions set ended_at = ?, end_reason = 'authentication_required'
     where project_id = ? and key_id is null and ended_at is null`,
    [now(), projectId],
  )
}

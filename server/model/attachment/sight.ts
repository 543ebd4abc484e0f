/** Which attachments somebody may see: those of the messages that he sees, and what he has uploaded and not sent. */
import type { AttachmentTable } from '../../db/attachment-tables.ts'
import { maySee } from '../access.ts'
import { type ApiKeyCaller, authorIdOf, type Caller } from '../caller.ts'
import { findActor } from '../conversation/conversation.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'

interface Placed extends AttachmentTable {
  visitor_id: string | null
  assignee_id: string | null
  department_id: string | null
  erasing_at: number | null
  seq: number | null
}

/** What he may not see does not exist for him. */
export async function requireAttachment(
  model: Pick<Model, 'database'>,
  caller: Caller | ApiKeyCaller,
  id: string,
): Promise<AttachmentTable> {
  const [row] = await model.database.rows<Placed>(
    `select a.*, c.visitor_id, c.assignee_id, c.department_id, v.erasing_at, m.seq from attachments a
       left join conversations c on c.id = a.conversation_id
       left join messages m on m.id = a.message_id
       left join visitors v on v.id = c.visitor_id
     where a.id = ?`,
    [id],
  )
  if (!row || !(await sees(model, caller, row))) throw new Refused('not_found', { field: 'attachment' })
  return row
}

async function sees(model: Pick<Model, 'database'>, caller: Caller | ApiKeyCaller, row: Placed): Promise<boolean> {
  return caller.kind === 'visitor' ? visitorSees(caller, row) : agentSees(model, caller, row)
}

function visitorSees({ projectId, visitorId }: Extract<Caller, { kind: 'visitor' }>, row: Placed): boolean {
  if (row.project_id !== projectId) return false
  if (row.message_id === null) return isUploader('visitor', visitorId, row)
  // A note has no seq.
  return row.visitor_id === visitorId && row.seq !== null && row.erasing_at === null
}

async function agentSees(
  model: Pick<Model, 'database'>,
  caller: Exclude<Caller | ApiKeyCaller, { kind: 'visitor' }>,
  row: Placed,
): Promise<boolean> {
  const member = await findActor(model, row.project_id, caller)
  if (!member) return false
  if (row.message_id === null) return isUploader('agent', authorIdOf(member), row)
  if (row.visitor_id === null || row.erasing_at !== null) return false
  return maySee(member, { assigneeId: row.assignee_id, departmentId: row.department_id })
}

const isUploader = (kind: 'visitor' | 'agent', id: string, row: AttachmentTable): boolean =>
  row.uploader_kind === kind && row.uploader_id === id

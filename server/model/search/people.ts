/** Conversations whose visitor somebody looks for: by name, e-mail or external id. */
import type { Reading } from '../reads.ts'
import { type FoundRow, isWanted, type Wanted } from './wanted.ts'
import { fold } from './words.ts'

const rowsAtOnce = 1_000
/** After so many a page ends, whatever it has. */
const readingsAPage = 10

interface Walked {
  ids: string[]
  next: { at: number; id: string } | null
}

export async function findPeople(
  { database }: Reading,
  wanted: Wanted,
  from: { at: number; id: string } | null,
  limit: number,
): Promise<Walked> {
  const ids: string[] = []
  let next = from
  for (let reading = 0; next && reading < readingsAPage; reading++) {
    const rows: (FoundRow & { last_activity_at: number })[] = await database.rows(
      `select c.id as conversation_id, c.last_activity_at, c.state, c.assignee_id, c.department_id, v.name, v.email,
         v.external_id
       from conversations c join visitors v on v.id = c.visitor_id
       where c.project_id = ? and (c.last_activity_at, c.id) < (?, ?) and v.erasing_at is null
       order by c.last_activity_at desc, c.id desc limit ?`,
      [wanted.projectId, next.at, next.id, rowsAtOnce],
    )
    for (const row of rows) {
      next = { at: row.last_activity_at, id: row.conversation_id }
      if (!isSomebody(row, wanted.text) || !isWanted(row, wanted)) continue
      ids.push(row.conversation_id)
      if (ids.length === limit) return { ids, next }
    }
    if (rows.length < rowsAtOnce) next = null
  }
  return { ids, next }
}

/** What was typed may be any part of what he is known by. */
export function isSomebody({ name, email, external_id }: FoundRow, text: string): boolean {
  const part = fold(text.trim())
  return part !== '' && [name, email, external_id].some((known) => known !== null && fold(known).includes(part))
}

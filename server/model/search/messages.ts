/**
 * Conversations in which a message has the words, newest message first. What the index holds it names; what has come
 * since is read. So nothing is missed while the index is behind, or lost: it only takes more pages.
 */
import type { SearchMatch } from '../../../protocol/search.ts'
import type { Term } from '../../db/message-index.ts'
import type { MessageTable } from '../../db/schema.ts'
import type { Reading } from '../reads.ts'
import { excerptOf } from './excerpt.ts'
import { isSomebody } from './people.ts'
import { type FoundRow, isWanted, type Wanted } from './wanted.ts'
import { placesOf, termsOf, wordsOf } from './words.ts'

const rowsAtOnce = 250
const namedAtOnce = 5_000

type Row = FoundRow &
  Pick<MessageTable, 'id' | 'change_number' | 'kind' | 'text' | 'author_id' | 'created_at'> & {
    author_kind: MessageTable['author_kind']
    author_name: string | null
  }

interface Found {
  matches: SearchMatch[]
  /** Where to go on: below this number. */
  next: number | null
}

export async function findMessages(
  reading: Reading,
  wanted: Wanted,
  from: { number: number | null; isFirst: boolean },
  limit: number,
): Promise<Found> {
  const terms = termsOf(wanted.text)
  if (terms.length === 0 || from.number === null) return { matches: [], next: null }
  const candidates = await candidatesBelow(reading, wanted.projectId, terms, from.number)
  const matches = new Map<string, SearchMatch>()
  const shownBefore = new Set<string>()
  for (let first = 0; first < candidates.numbers.length; first += rowsAtOnce) {
    const rows = await rowsOf(reading, wanted.projectId, candidates.numbers.slice(first, first + rowsAtOnce))
    for (const row of rows) {
      const { conversation_id: id } = row
      if (matches.has(id) || shownBefore.has(id) || !isWanted(row, wanted) || isSomebody(row, wanted.text)) continue
      const match = matchOf(row, terms)
      if (!match) continue
      // Looked at once for each: thousands of matches may stand in one that is long.
      if (!from.isFirst && (await stoodBefore(reading, id, from.number, terms))) shownBefore.add(id)
      else matches.set(id, match)
      if (matches.size === limit) return { matches: [...matches.values()], next: row.change_number }
    }
  }
  return { matches: [...matches.values()], next: candidates.next }
}

/** Where it is worth looking, the latest first: so many at most, and where to look for more. */
async function candidatesBelow(
  { database, index }: Reading,
  projectId: string,
  terms: readonly Term[],
  before: number,
): Promise<{ numbers: number[]; next: number | null }> {
  const upTo = await index.upTo(projectId)
  const fresh = await database.rows<{ change_number: number }>(
    `select change_number from messages where project_id = ? and change_number > ? and change_number < ?
     order by change_number desc limit ?`,
    [projectId, upTo, before, namedAtOnce],
  )
  const numbers = fresh.map((row) => row.change_number)
  if (numbers.length === namedAtOnce) return { numbers, next: numbers.at(-1) ?? null }
  const named = await index.find(projectId, terms, Math.min(before, upTo + 1), namedAtOnce)
  return { numbers: [...numbers, ...named], next: named.length === namedAtOnce ? (named.at(-1) ?? null) : null }
}

/** Without those of who is being erased. */
async function rowsOf({ database }: Reading, projectId: string, numbers: readonly number[]): Promise<Row[]> {
  const rows = await database.rows<Row>(
    `select m.id, m.conversation_id, m.change_number, m.kind, m.text, m.author_kind, m.author_id, m.author_name,
       m.created_at, c.state, c.assignee_id, c.department_id, v.name, v.email, v.external_id
     from messages m join conversations c on c.id = m.conversation_id join visitors v on v.id = c.visitor_id
     where m.project_id = ? and m.change_number in (${numbers.map(() => '?').join()}) and m.kind <> 'system'
       and v.erasing_at is null
     order by m.change_number desc`,
    [projectId, ...numbers],
  )
  return rows
}

function matchOf(row: Row, terms: readonly Term[]): SearchMatch | undefined {
  const words = wordsOf(row.text)
  const places = placesOf(words, terms)
  if (!places) return undefined
  return {
    conversationId: row.conversation_id,
    messageId: row.id,
    kind: row.kind === 'note' ? 'note' : 'text',
    author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
    createdAt: row.created_at,
    excerpt: excerptOf(row.text, words, places),
  }
}

/** A page before has shown the conversation already, with a newer message. */
async function stoodBefore({ database }: Reading, id: string, from: number, terms: readonly Term[]): Promise<boolean> {
  let after = from - 1
  for (;;) {
    const rows = await database.rows<{ change_number: number; kind: string; text: string }>(
      `select change_number, kind, text from messages where conversation_id = ? and change_number > ?
       order by change_number limit ?`,
      [id, after, rowsAtOnce],
    )
    if (rows.some(({ kind, text }) => kind !== 'system' && placesOf(wordsOf(text), terms))) return true
    if (rows.length < rowsAtOnce) return false
    after = rows.at(-1)?.change_number ?? after
  }
}

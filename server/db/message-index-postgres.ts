/** In a table of the database itself: what is deleted there is gone from it in the same transaction. */
import type { Database } from './database.ts'
import type { MessageIndex, Term } from './message-index.ts'

export function postgresIndex(database: Pick<Database, 'rows' | 'transaction'>): MessageIndex {
  return {
    async upTo(projectId) {
      const [row] = await database.rows<{ number: number }>('select number from search_progress where project_id = ?', [
        projectId,
      ])
      return row?.number ?? 0
    },
    add: (projectId, messages, { after, upTo }) =>
      database.transaction(async (tx) => {
        await tx.rows('insert into search_progress (project_id, number) values (?, 0) on conflict do nothing', [
          projectId,
        ])
        const moved = await tx.rows(
          'update search_progress set number = ? where project_id = ? and number = ? returning number',
          [upTo, projectId, after],
        )
        if (moved.length === 0) return
        // Who deletes one of them meanwhile waits, and takes its words along; one that is gone already is left out.
        await tx.rows(
          `insert into message_words (message_id, project_id, number, words)
           select m.id, m.project_id, m.change_number, u.words::tsvector
           from unnest(?::text[], ?::text[]) as u (id, words) join messages m on m.id = u.id
           for key share of m on conflict do nothing`,
          [messages.map(({ id }) => id), messages.map(({ words }) => vectorOf(words))],
        )
      }),
    async find(projectId, terms, before, limit) {
      const rows = await database.rows<{ number: number }>(
        `select number from message_words where project_id = ? and number < ? and words @@ ?::text::tsquery
         order by number desc limit ?`,
        [projectId, before, terms.map(queryOf).join(' & '), limit],
      )
      return rows.map(({ number }) => number)
    },
  }
}

/** Words are letters and digits: there is nothing in them to be quoted, and they are quoted all the same. */
const quoted = (word: string): string => `'${word.replace(/['\\]/g, '$&$&')}'`

/** Positions end there for PostgreSQL. */
const lastPosition = 16_383
/** And of one word it keeps no more of them. */
const mostPositions = 255
/** In the place of a word: some word stands there more often than PostgreSQL says where. */
const crowded = quoted('*')

function vectorOf(words: readonly string[]): string {
  const placed = words.map((word, index) => `${quoted(word)}:${Math.min(index + 1, lastPosition)}`)
  return [...placed, ...(isCrowded(words) ? [crowded] : [])].join(' ')
}

function isCrowded(words: readonly string[]): boolean {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return Math.max(0, ...counts.values()) > mostPositions
}

/** Where PostgreSQL does not know all places, having the words is enough: who asks reads the message itself. */
function queryOf({ words, begins }: Term): string {
  const meant = words.map((word, index) => quoted(word) + (begins && index === words.length - 1 ? ':*' : ''))
  const beside = `(${meant.join(' <-> ')})`
  return meant.length === 1 ? beside : `(${beside} | (${[...meant, crowded].join(' & ')}))`
}

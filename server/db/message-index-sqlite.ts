/**
 * In a file beside the database, which only the thread that reads has open: to fill it costs nobody who writes a
 * flush, and it may be removed at any time. It belongs to one epoch of the database; of another it is begun anew.
 *
 * What is erased goes from here first, and then from the database. So there is never more here than there.
 */
import { DatabaseSync } from 'node:sqlite'
import type { MessageIndex, Term } from './message-index.ts'

/** Another form is begun anew, too. */
const form = '1'
/** So many changes a project may come to; the rest of a row's number says which project it is. */
const changes = 1e10

const schema = `
  create table facts (name text primary key, value text not null);
  create table projects (ordinal integer primary key, id text not null unique, number integer not null);
  create table forgotten (conversation_id text primary key) without rowid;
  create virtual table message_words using fts5(words, tokenize = 'ascii', columnsize = 0);
  insert into message_words (message_words, rank) values ('secure-delete', 1);
`

export function sqliteIndex(path: string, epoch: string): Required<MessageIndex> {
  const file = open(path, epoch)
  const projectOf = (id: string) => {
    file.prepare('insert or ignore into projects (id, number) values (?, 0)').run(id)
    const row = file.prepare('select ordinal, number from projects where id = ?').get(id)
    return { first: Number(row?.ordinal) * changes, number: Number(row?.number) }
  }
  return {
    upTo: async (projectId) => projectOf(projectId).number,
    async add(projectId, messages, { after, upTo }) {
      const { first, number } = projectOf(projectId)
      if (number !== after) return
      const isForgotten = file.prepare('select 1 from forgotten where conversation_id = ?')
      const insert = file.prepare('insert into message_words (rowid, words) values (?, ?)')
      inOne(file, () => {
        for (const { conversationId, number: own, words } of messages) {
          if (!isForgotten.get(conversationId)) insert.run(first + own, words.join(' '))
        }
        file.prepare('update projects set number = ? where id = ?').run(upTo, projectId)
      })
    },
    async find(projectId, terms, before, limit) {
      const { first } = projectOf(projectId)
      const found = file
        .prepare(
          `select rowid as number from message_words where message_words match ? and rowid > ? and rowid < ?
           order by rowid desc limit ?`,
        )
        .all(terms.map(queryOf).join(' '), first, first + Math.min(before, changes), limit)
      return found.map(({ number }) => Number(number) - first)
    },
    async forget({ id, projectId, numbers }) {
      const { first } = projectOf(projectId)
      const remove = file.prepare('delete from message_words where rowid = ?')
      inOne(file, () => {
        file.prepare('insert or ignore into forgotten (conversation_id) values (?)').run(id)
        for (const number of numbers) remove.run(first + number)
      })
      // What was overwritten must not go on standing in the log.
      file.exec('pragma wal_checkpoint(truncate)')
    },
  }
}

function open(path: string, epoch: string): DatabaseSync {
  const file = new DatabaseSync(path)
  file.exec(
    'pragma secure_delete = on; pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 2000',
  )
  const meant = `${form} ${epoch}`
  if (factOf(file) === meant) return file
  inOne(file, () => {
    file.exec(
      'drop table if exists facts; drop table if exists projects; drop table if exists forgotten; drop table if exists message_words',
    )
    file.exec(schema)
    file.prepare("insert into facts (name, value) values ('of', ?)").run(meant)
  })
  return file
}

function factOf(file: DatabaseSync): unknown {
  const there = file.prepare("select 1 from sqlite_master where name = 'facts'").get()
  return there && file.prepare("select value from facts where name = 'of'").get()?.value
}

function inOne(file: DatabaseSync, work: () => void): void {
  file.exec('begin immediate')
  try {
    work()
    file.exec('commit')
  } catch (error) {
    file.exec('rollback')
    throw error
  }
}

/** Words are letters and digits; quoted, none of them is anything else to SQLite. */
const queryOf = ({ words, begins }: Term): string =>
  `"${words.map((word) => word.replaceAll('"', '')).join(' ')}"${begins ? '*' : ''}`

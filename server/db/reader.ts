/** Other eyes on what is committed, for a thread of its own: they write nothing but the index of messages. */
import type { Database } from './database.ts'
import type { MessageIndex } from './message-index.ts'
import { sqliteIndex } from './message-index-sqlite.ts'
import { SqliteConnection } from './sqlite-connection.ts'

export type Reader = Pick<Database, 'read' | 'rows'> & { index: MessageIndex }

/** Whatever a thread needs to know in order to read. */
export type ReadFrom = { sqlite: string; index: string } | { postgres: string }

export function openSqliteReader(file: string, indexFile: string): Reader {
  const connection = new SqliteConnection(file)
  connection.exec('pragma query_only = on')
  let opened: ReturnType<typeof sqliteIndex> | undefined
  // When it is first used: an export needs none.
  const index = async () => {
    const [row] = await connection.rows<{ epoch: string }>('select epoch from installation', [])
    opened ??= sqliteIndex(indexFile, row?.epoch ?? '')
    return opened
  }
  return {
    read: connection.kysely(),
    rows: (sql, parameters) => connection.rows(sql, parameters),
    index: {
      upTo: async (...asked) => (await index()).upTo(...asked),
      add: async (...asked) => (await index()).add(...asked),
      find: async (...asked) => (await index()).find(...asked),
      forget: async (...asked) => (await index()).forget(...asked),
    },
  }
}

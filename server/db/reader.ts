/** Another pair of eyes on what is committed, for a thread of its own: it writes nothing. */
import type { Database } from './database.ts'
import { SqliteConnection } from './sqlite-connection.ts'

export type Reader = Pick<Database, 'read' | 'rows'> & { close(): Promise<void> }

/** Whatever a thread needs to know in order to read. */
export type ReadFrom = { sqlite: string } | { postgres: string }

export function openSqliteReader(file: string): Reader {
  const connection = new SqliteConnection(file)
  connection.exec('pragma query_only = on')
  return {
    read: connection.kysely(),
    rows: (sql, parameters) => connection.rows(sql, parameters),
    close: async () => connection.close(),
  }
}

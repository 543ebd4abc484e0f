import pg from 'pg'

/**
 * What PostgreSQL by itself has done a minute after rows came in: it gathers statistics, and tidies up. Until then it
 * takes the tables for tiny and reads them as a whole, which would measure that minute and nothing else.
 */
export async function gatherStatistics(url: string | undefined): Promise<void> {
  if (url === undefined) return
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ tablename: string }>(
    'select tablename from pg_tables where schemaname = current_schema()',
  )
  await client.query(`vacuum analyze ${rows.map(({ tablename }) => tablename).join(', ')}`)
  await client.query('checkpoint')
  await client.end()
}

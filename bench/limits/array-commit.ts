/** The product's own schema in PostgreSQL: what arrives while a statement is on its way is the next one, as arrays. */
import pg from 'pg'
import { initial } from '../../server/db/migrations/0001-initial.ts'

interface Write<Row> {
  row: Row
  committed(): void
}

export async function emptyPostgres(url: string): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  for (const statement of initial.statements) await client.query(statement)
  return client
}

export class ArrayCommit<Row> {
  #store: (rows: Row[]) => Promise<void>
  #waiting: Write<Row>[] = []
  #working = false

  constructor(store: (rows: Row[]) => Promise<void>) {
    this.#store = store
  }

  write(row: Row, committed: () => void): void {
    this.#waiting.push({ row, committed })
    if (this.#working) return
    this.#working = true
    setImmediate(() => void this.#work())
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0)
      await this.#store(group.map(({ row }) => row))
      for (const { committed } of group) committed()
    }
    this.#working = false
  }
}

/** Each field of the rows as an array of its own. */
export function columns<Row, Name extends keyof Row>(rows: Row[], names: readonly Name[]): Row[Name][][] {
  return names.map((name) => rows.map((row) => row[name]))
}

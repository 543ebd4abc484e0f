import type { Transaction } from '../../db/database.ts'
import type { Counted, Kept } from '../recent-map.ts'

type Row = { name: string; thousandths: number; at: number }

/** What is known of one attempt, for the length of a turn: read all at once, and written back where it has changed. */
export class CountedRows implements Kept {
  #names: Readonly<Record<string, string>>
  #counts: Map<string, Counted>
  #changed = new Set<string>()

  private constructor(names: Readonly<Record<string, string>>, counts: Map<string, Counted>) {
    this.#names = names
    this.#counts = counts
  }

  /** `names` says what each is called in the database. */
  static async read(tx: Transaction, names: Readonly<Record<string, string>>): Promise<CountedRows> {
    const stored = Object.values(names)
    const places = stored.map(() => '?').join()
    const rows = await tx.rows<Row>(`select * from log_in_attempts where name in (${places})`, stored)
    const counts = new Map<string, Counted>()
    for (const [own, name] of Object.entries(names)) {
      const row = rows.find((candidate) => candidate.name === name)
      if (row) counts.set(own, { count: row.thousandths / 1_000, at: row.at })
    }
    return new CountedRows(names, counts)
  }

  get(name: string): Counted | undefined {
    return this.#counts.get(name)
  }

  set(name: string, counted: Counted): void {
    this.#counts.set(name, counted)
    this.#changed.add(name)
  }

  delete(name: string): void {
    this.#counts.delete(name)
    this.#changed.add(name)
  }

  async write(tx: Transaction, expiresAt: (name: string) => number): Promise<void> {
    for (const name of this.#changed) {
      const [stored = '', counted] = [this.#names[name], this.#counts.get(name)]
      if (!counted) await tx.rows('delete from log_in_attempts where name = ?', [stored])
      else await tx.rows(upsert, [stored, Math.floor(counted.count * 1_000), counted.at, expiresAt(name)])
    }
  }
}

const upsert = `insert into log_in_attempts (name, thousandths, at, expires_at) values (?, ?, ?, ?)
  on conflict (name) do update
  set thousandths = excluded.thousandths, at = excluded.at, expires_at = excluded.expires_at`

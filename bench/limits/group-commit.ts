/** The product's own schema and durability with nothing around them: what arrives in one turn is one commit. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { initial } from '../../server/db/migrations/0001-initial.ts'
import { scratchFolder } from '../scratch.ts'
import { insertProject } from './project.ts'

interface Write {
  run(): void
  committed(): void
}

export class GroupCommit {
  readonly database = new DatabaseSync(join(scratchFolder(), 'bare.db'))
  /** Runs once in each commit, after all writes. */
  beforeCommit: (() => void) | undefined
  #waiting: Write[] = []

  constructor() {
    for (const setting of ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on']) {
      this.database.exec(`pragma ${setting}`)
    }
    for (const statement of initial.statements) this.database.exec(statement)
  }

  write(write: Write): void {
    if (this.#waiting.length === 0) setImmediate(() => this.#commit())
    this.#waiting.push(write)
  }

  /** One project to write into. */
  insertProject(id: string): void {
    this.database.exec(insertProject(id))
  }

  #commit(): void {
    const group = this.#waiting
    this.#waiting = []
    this.database.exec('begin immediate')
    for (const { run } of group) run()
    this.beforeCommit?.()
    this.database.exec('commit')
    for (const { committed } of group) committed()
  }
}

/** A new visitor and his session, committed in groups with prepared statements. */
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { answer } from '../answer.ts'
import { closedLoop } from '../loops.ts'
import { exitOnSignal } from '../scratch.ts'
import { GroupCommit } from './group-commit.ts'

const handlers = {
  async store(load: { inFlight: number; seconds: number }): Promise<number> {
    const log = new GroupCommit()
    const project = randomUUIDv7()
    log.insertProject(project)
    const insertVisitor = log.database.prepare(
      `insert into visitors (id, project_id, external_id, name, email, email_key, attributes, profile_issued_at,
         verified_at, verified_until, created_at, last_seen_at) values (?, ?, ?, 'Ada Marsh', ?, ?, '{}', ?, ?, ?, ?, ?)`,
    )
    const insertSession = log.database.prepare(
      `insert into visitor_sessions (id, project_id, visitor_id, token_hash, key_id, issued_at, verified_at, created_at,
         expires_at) values (?, ?, ?, ?, 'key', ?, ?, ?, ?)`,
    )
    let customers = 0
    const store = () => {
      const visitor = randomUUIDv7()
      const customer = `customer-${++customers}`
      const email = `${customer}@example.com`
      const hash = createHash('sha256').update(randomBytes(32)).digest('base64url')
      const now = Date.now()
      insertVisitor.run(visitor, project, customer, email, email, now, now, now, now, now)
      insertSession.run(randomUUIDv7(), project, visitor, hash, now, now, now, now)
    }
    return closedLoop(load, () => new Promise<void>((committed) => log.write({ run: store, committed })))
  },
}
export type BareSessions = typeof handlers

exitOnSignal()
answer(handlers)

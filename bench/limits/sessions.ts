/** A new visitor and his session, committed in groups. */
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { answer } from '../answer.ts'
import { closedLoop } from '../loops.ts'
import { exitOnSignal } from '../scratch.ts'
import { ArrayCommit, columns, emptyPostgres } from './array-commit.ts'
import { GroupCommit } from './group-commit.ts'
import { insertProject } from './project.ts'

interface SignIn {
  visitor: string
  customer: string
  email: string
  session: string
  hash: string
  now: number
}

type Log = (signIn: SignIn, committed: () => void) => void

const handlers = {
  async store(load: { inFlight: number; seconds: number }): Promise<number> {
    const url = process.env.DATABASE_URL
    const write = url === undefined ? onSqlite() : await onPostgres(url)
    let customers = 0
    return closedLoop(load, () => new Promise<void>((committed) => write(newSignIn(++customers), committed)))
  },
}
export type BareSessions = typeof handlers

exitOnSignal()
answer(handlers)

function newSignIn(customers: number): SignIn {
  const customer = `customer-${customers}`
  return {
    visitor: randomUUIDv7(),
    customer,
    email: `${customer}@example.com`,
    session: randomUUIDv7(),
    hash: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    now: Date.now(),
  }
}

function onSqlite(): Log {
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
  const run = ({ visitor, customer, email, session, hash, now }: SignIn) => {
    insertVisitor.run(visitor, project, customer, email, email, now, now, now, now, now)
    insertSession.run(session, project, visitor, hash, now, now, now, now)
  }
  return (signIn, committed) => log.write({ run: () => run(signIn), committed })
}

async function onPostgres(url: string): Promise<Log> {
  const client = await emptyPostgres(url)
  const project = randomUUIDv7()
  await client.query(insertProject(project))
  const log = new ArrayCommit<SignIn>(async (signIns) => {
    const values = [project, ...columns(signIns, ['visitor', 'customer', 'email', 'session', 'hash', 'now'])]
    await client.query({ name: 'store', text: storeArrays, values })
  })
  return (signIn, committed) => log.write(signIn, committed)
}

const storeArrays = `
  with given as (
    select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
      as g (visitor, customer, email, session, hash, now)
  ), visitors as (
    insert into visitors (id, project_id, external_id, name, email, email_key, attributes, profile_issued_at,
      verified_at, verified_until, created_at, last_seen_at)
    select visitor, $1, customer, 'Ada Marsh', email, email, '{}', now, now, now, now, now from given
  )
  insert into visitor_sessions (id, project_id, visitor_id, token_hash, key_id, issued_at, verified_at, created_at,
    expires_at)
  select session, $1, visitor, hash, 'key', now, now, now, now from given`

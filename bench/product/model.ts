/** The model with a project in it and without a server around it. */
import { join } from 'node:path'
import { memoryBus } from '../../server/bus/bus.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openPostgres } from '../../server/db/postgres.ts'
import { openSqlite } from '../../server/db/sqlite.ts'
import { KeyStore } from '../../server/keys/key-store.ts'
import { MasterKey } from '../../server/keys/master-key.ts'
import { Metrics } from '../../server/metrics/metrics.ts'
import { setUp } from '../../server/model/agent/setup.ts'
import { Allowance } from '../../server/model/allowance.ts'
import { Appender, type Writer } from '../../server/model/message/append.ts'
import type { Model } from '../../server/model/model.ts'
import { Presence } from '../../server/model/presence.ts'
import { requireProject } from '../../server/model/project/project.ts'
import { signInAnonymously } from '../../server/model/sign-in/sign-in.ts'
import { findVisitorCaller } from '../../server/model/visitor/session.ts'
import { ReadThread } from '../../server/reads/reads.ts'
import { owner } from '../people.ts'
import { scratchFolder } from '../scratch.ts'

export async function openModel(): Promise<Model> {
  const postgres = process.env.DATABASE_URL
  const sqlite = join(scratchFolder(), 'signet.db')
  const database = postgres === undefined ? openSqlite(sqlite) : openPostgres(postgres, (error) => report(error))
  const reads = new ReadThread(postgres === undefined ? { sqlite, index: `${sqlite}-search` } : { postgres })
  await migrate(database)
  const masterKey = new MasterKey([new Uint8Array(32)])
  const keys = new KeyStore({ database, masterKey, fresh: () => true })
  return {
    database,
    reads,
    bus: memoryBus(),
    keys,
    masterKey,
    presence: new Presence(),
    metrics: new Metrics(),
    now: Date.now,
  }
}

function report(error: Error): void {
  console.error(error)
}

/** DL7's limit stays in the path; it is only too high to be reached. */
export function openAppender(model: Model): Appender {
  return new Appender(model, new Allowance({ perMinute: 1e9, burst: 1e9, now: model.now }))
}

export async function newProject(model: Model): Promise<{ projectId: string; agentId: string }> {
  const { project, agent } = await setUp(model, owner, false)
  return { projectId: project.id, agentId: agent.id }
}

/** Somebody who may write. */
export async function newVisitor(model: Model, projectId: string): Promise<Extract<Writer, { kind: 'visitor' }>> {
  const { session } = await signInAnonymously(model, await requireProject(model, projectId), {})
  const caller = await findVisitorCaller(model, session)
  if (!caller) throw new Error('A new session is not open.')
  return { kind: 'visitor', caller }
}

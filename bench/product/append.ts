import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { memoryBus } from '../../server/bus/bus.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openSqlite } from '../../server/db/sqlite.ts'
import { KeyStore } from '../../server/keys/key-store.ts'
import { Appender, type Writer } from '../../server/model/message/append.ts'
import { MessageLimit } from '../../server/model/message/limit.ts'
import type { Model } from '../../server/model/model.ts'
import { Presence } from '../../server/model/presence.ts'
import { requireProject } from '../../server/model/project.ts'
import { setUp } from '../../server/model/setup.ts'
import { signInAnonymously } from '../../server/model/sign-in.ts'
import { findVisitorCaller } from '../../server/model/visitor-session.ts'
import { answer } from '../answer.ts'
import { closedLoop } from '../loops.ts'
import { owner } from '../people.ts'
import { exitOnSignal, scratchFolder } from '../scratch.ts'

const handlers = {
  async append({ conversations, inFlight, seconds }: { conversations: number; inFlight: number; seconds: number }) {
    const model = await openModel()
    const appender = new Appender(model, new MessageLimit({ perMinute: 1e9, burst: 1e9, now: model.now }))
    const people = await visitors(model, appender, conversations)
    let next = 0
    return closedLoop({ inFlight, seconds }, () => {
      next = (next + 1) % people.length
      const { writer, conversationId } = people[next] ?? {}
      if (!writer) throw new Error('Nobody writes.')
      return appender.append(writer, { clientId: randomUUID(), conversationId, text: `Message ${next}` })
    })
  },
}
export type Append = typeof handlers

exitOnSignal()
answer(handlers)

async function openModel(): Promise<Model> {
  const database = openSqlite(join(scratchFolder(), 'signet.db'))
  await migrate(database)
  const masterKey = new Uint8Array(32)
  const keys = new KeyStore({ database, masterKey, fresh: () => true })
  return { database, bus: memoryBus(), keys, masterKey, presence: new Presence(), now: Date.now }
}

async function visitors(model: Model, appender: Appender, count: number) {
  const { project } = await setUp(model, owner, false)
  const settings = await requireProject(model, project.id)
  const one = async (): Promise<{ writer: Writer; conversationId: string }> => {
    const { session } = await signInAnonymously(model, settings, {})
    const caller = await findVisitorCaller(model, session)
    if (!caller) throw new Error('A new session is not open.')
    const writer: Writer = { kind: 'visitor', caller }
    const { conversationId } = await appender.append(writer, { clientId: randomUUID(), text: 'Hello' })
    return { writer, conversationId }
  }
  return Promise.all(Array.from({ length: count }, one))
}

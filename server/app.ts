/** The parts, wired: the only place that constructs them. Nothing happens before `createApp` is called. */
import { mkdirSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { memoryBus } from './bus/bus.ts'
import type { Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { openSqlite } from './db/sqlite.ts'
import { agentCookie, fromDashboard } from './http/caller.ts'
import { createHttpServer } from './http/server.ts'
import { KeyStore } from './keys/key-store.ts'
import { openMasterKey } from './keys/master-key.ts'
import type { Handshake } from './live/admit.ts'
import { Live } from './live/live.ts'
import { changeNumber } from './model/changes-since.ts'
import { Appender } from './model/message/append.ts'
import { MessageLimit } from './model/message/limit.ts'
import type { Model } from './model/model.ts'
import { Presence } from './model/presence.ts'
import { SecurityWatch } from './model/security.ts'
import { createSetupCode, setupNeeded } from './model/setup.ts'

export interface App {
  /** Where it can be reached, such as http://localhost:4000. */
  publicUrl: string
  /** The one-time code while nobody has set the installation up. */
  setupCode: string | undefined
  model: Model
  stop(): Promise<void>
}

const distDir = join(import.meta.dirname, '..', 'dist')

export async function createApp(config: Config, now: () => number = Date.now): Promise<App> {
  mkdirSync(config.dataDir, { recursive: true })
  const database = openSqlite(join(config.dataDir, 'signet.db'))
  const bus = memoryBus()
  await migrate(database)
  const masterKey = await openMasterKey(database, config.masterKey, config.dataDir)

  const watch = new SecurityWatch({ database, bus, now })
  const keys = new KeyStore({ database, masterKey, fresh: () => watch.fresh() })
  const model: Model = { database, bus, keys, masterKey, presence: new Presence(), now }
  const limit = new MessageLimit({ perMinute: config.messagesPerMinute, burst: config.messageBurst, now })
  const appender = new Appender(model, limit)

  let publicUrl = config.publicUrl ?? ''
  const options = { config, distDir, ready: () => watch.fresh() }
  const http = await createHttpServer({ model, appender, publicUrl: () => publicUrl }, options)

  const { epoch } = await database.read.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
  const handshakeOf = ({ headers }: IncomingMessage): Handshake => ({
    origin: headers.origin,
    // A socket that another website opens brings the cookie along; it does not count.
    agentToken: fromDashboard(headers, publicUrl) ? http.parseCookie(headers.cookie ?? '')[agentCookie] : undefined,
  })
  const live = new Live(
    { model, appender, epoch, log: http.log, changeNumber: (project) => changeNumber(model, project) },
    handshakeOf,
  )
  watch.onEvent((event) => {
    if (event.projectId !== null) keys.forget(event.projectId)
    live.apply(event)
  })
  live.attach(http.server)

  const setupCode = (await setupNeeded(model)) ? await createSetupCode(model) : undefined
  await watch.start()
  const address = await http.listen({ port: config.port, host: config.host })
  publicUrl ||= friendly(address)

  return {
    publicUrl,
    setupCode,
    model,
    async stop() {
      await live.stop()
      await http.close()
      watch.stop()
      await database.close()
      await bus.close()
    },
  }
}

function friendly(address: string): string {
  return address.replace(/\/\/(127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?=:)/, '//localhost')
}

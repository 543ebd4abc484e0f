/** The parts, wired: nothing else constructs them but app/, and nothing happens before `createApp` is called. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { openAttachments } from './app/attachments.ts'
import { makeOutgoing } from './app/outgoing.ts'
import type { Seams } from './app/seams.ts'
import { openStores, type Stores } from './app/stores.ts'
import type { Config } from './config.ts'
import { databaseFile, searchFile } from './db/data-folder.ts'
import type { ReadFrom } from './db/reader.ts'
import { readHandshake } from './http/handshake.ts'
import type { HttpParts } from './http/parts.ts'
import { createHttpServer } from './http/server.ts'
import { KeyStore } from './keys/key-store.ts'
import { Live } from './live/live.ts'
import { EventLoopDelay } from './metrics/event-loop.ts'
import { observe } from './metrics/gauges.ts'
import { Metrics } from './metrics/metrics.ts'
import { watchProcess } from './metrics/process.ts'
import { createSetupCode, setupNeeded } from './model/agent/setup.ts'
import { Allowance } from './model/allowance.ts'
import type { Uploads } from './model/attachment/upload.ts'
import { ReplyTimes } from './model/conversation/reply-times.ts'
import { Housekeeping } from './model/housekeeping.ts'
import { Appender } from './model/message/append.ts'
import type { Model } from './model/model.ts'
import { Presence } from './model/presence.ts'
import { PresenceExchange } from './model/presence-exchange.ts'
import { ReadinessWatch } from './model/readiness.ts'
import { Search } from './model/search/search.ts'
import { SecurityWatch } from './model/security.ts'
import { SignInLog } from './model/sign-in/log.ts'
import { SignIns } from './model/sign-in/sign-in.ts'
import { pruneUsedTokens } from './model/sign-in/used-token.ts'
import { ReadThread } from './reads/reads.ts'
import type { Tracing } from './tracing/tracing.ts'
import { readVersion } from './version.ts'

export interface App {
  /** Where it can be reached, such as http://localhost:4000. */
  publicUrl: string
  /** The one-time code while nobody has set the installation up. */
  setupCode: string | undefined
  model: Model
  log: FastifyBaseLogger
  stop(): Promise<void>
}

const pruneEveryMs = 60_000
const idleMs = 50
const distDir = join(import.meta.dirname, '..', 'dist')

export async function createApp(config: Config, now: () => number = Date.now, seams: Seams = {}): Promise<App> {
  const given = { config, now, seams }
  const version = readVersion()
  const tracing = await openTracing(config, version)
  const stores = await openStores(config)
  const { database, bus, epoch } = stores
  const watch = new SecurityWatch({ database, bus, now })
  const reads = new ReadThread(readFrom(config), seams.readLimits)
  const model = makeModel(stores, { reads, now, fresh: () => watch.fresh() })

  let publicUrl = config.publicUrl ?? ''
  const attachments = await openAttachments(model, given)
  const outgoing = makeOutgoing(model, given, () => publicUrl)
  const verbs = makeVerbs(model, config)
  const { appender, signInLog, search } = verbs
  const { files, uploads } = attachments
  const { mailing, outbox } = outgoing
  const parts: HttpParts = { model, ...verbs, files, uploads, mailing, publicUrl: () => publicUrl }
  const readiness = makeReadiness(model, config, watch)
  const http = await createHttpServer(parts, { config, distDir, readiness, traceRequests: tracing?.traceRequests })

  // A process that has its database for itself cannot miss what happens there.
  const fresh = () => config.databaseUrl === undefined || watch.fresh()
  const parseHandshake = ({ headers }: IncomingMessage) => readHandshake(http, headers, publicUrl)
  const live = new Live({ model, appender, epoch, fresh, log: http.log }, parseHandshake)
  live.attach(http.server)
  obey(watch, model.keys, live)

  const { registry } = model.metrics
  observe(registry, {
    version,
    database: config.databaseUrl === undefined ? 'sqlite' : 'postgres',
    sockets: () => live.sockets(),
    queues: () => ({ messages: appender.waiting, turns: database.waiting(), deliveries: outbox.underWay }),
    ready: () => readiness.numbers,
    diskFreeBytes: () => readiness.freeBytes,
  })
  watchProcess(registry)

  const delay = new EventLoopDelay(registry)
  const exchange = makeExchange(model)
  const housekeeping = new Housekeeping(model, attachments.chores)
  const setupCode = (await setupNeeded(model)) ? await createSetupCode(model) : undefined
  await watch.start()
  const pruning = keepPruning(model)
  for (const duty of [exchange, signInLog, housekeeping, search, outgoing, delay]) duty?.start()
  const address = await listen(http, config)
  publicUrl ||= address

  return {
    publicUrl,
    setupCode,
    model,
    log: http.log,
    async stop() {
      await closeDoors(http, live, uploads)
      watch.stop()
      clearInterval(pruning)
      exchange?.stop()
      delay.stop()
      await Promise.all([signInLog.stop(), housekeeping.stop(), outgoing.stop()])
      attachments.stop()
      await tracing?.stop()
      await Promise.all([reads.close(), search.stop()])
      await database.close()
      await bus.close()
    },
  }
}

/** Not even loaded while nobody traces. */
async function openTracing(
  { otlpEndpoint, tracesKept, trustProxy }: Config,
  version: string,
): Promise<Tracing | undefined> {
  if (otlpEndpoint === undefined) return undefined
  const { startTracing } = await import('./tracing/tracing.ts')
  return startTracing({ endpoint: otlpEndpoint, version, ratio: tracesKept, trustProxy })
}

function readFrom({ databaseUrl, dataDir }: Config): ReadFrom {
  if (databaseUrl !== undefined) return { postgres: databaseUrl }
  return { sqlite: join(dataDir, databaseFile), index: join(dataDir, searchFile) }
}

function makeModel(
  { database, bus, masterKey }: Stores,
  { reads, now, fresh }: Pick<Model, 'reads' | 'now'> & { fresh(): boolean },
): Model {
  const keys = new KeyStore({ database, masterKey, fresh })
  return { database, bus, keys, masterKey, presence: new Presence(), reads, metrics: new Metrics(), now }
}

function makeVerbs(model: Model, config: Config) {
  const allowance = (perMinute: number, burst: number) => new Allowance({ perMinute, burst, now: model.now })
  return {
    appender: new Appender(model, allowance(config.messagesPerMinute, config.messageBurst)),
    signIns: new SignIns(model),
    signInLog: new SignInLog(model),
    replyTimes: new ReplyTimes(model),
    search: new Search(model),
    newcomers: allowance(config.anonymousPerMinute, config.anonymousBurst),
    requests: allowance(config.requestsPerMinute, config.requestBurst),
  }
}

function makeReadiness(model: Model, { dataDir }: Config, watch: SecurityWatch): ReadinessWatch {
  return new ReadinessWatch({ model, fresh: () => watch.fresh(), dataDir: existsSync(dataDir) ? dataDir : undefined })
}

/** Whatever closes a door is forgotten by the keys in memory, and ends connections. */
function obey(watch: SecurityWatch, keys: KeyStore, live: Live): void {
  watch.onEvent((event) => {
    if (event.projectId !== null) keys.forget(event.projectId)
    live.apply(event)
  })
  watch.onMissed(() => {
    keys.forgetAll()
    live.readmit()
  })
}

/** Where other nodes have connections, too. */
function makeExchange({ bus, presence, now }: Model): PresenceExchange | undefined {
  return bus.reliable ? undefined : new PresenceExchange({ presence, bus, node: randomUUID(), now })
}

/** Not being able to is told by whatever else needs the database. */
function keepPruning(model: Model): NodeJS.Timeout {
  return setInterval(() => void pruneUsedTokens(model).catch(() => {}), pruneEveryMs).unref()
}

async function listen(http: FastifyInstance, { port, host }: Config): Promise<string> {
  const address = await http.listen({ port, host })
  return address.replace(/\/\/(127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?=:)/, '//localhost')
}

async function closeDoors(http: FastifyInstance, live: Live, uploads: Uploads): Promise<void> {
  // Nobody new, before anybody is sent away: he might come back to this very node.
  const closed = http.close()
  uploads.hurry()
  while (http.server.listening) await new Promise((resolve) => setImmediate(resolve))
  await live.stop()
  // Whoever was just being answered when it closed is idle by now, and would be waited for.
  const idle = setInterval(() => http.server.closeIdleConnections(), idleMs)
  await closed.finally(() => clearInterval(idle))
}

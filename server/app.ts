/** The parts, wired: the only place that constructs them. Nothing happens before `createApp` is called. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { type Bus, type Marks, memoryBus } from './bus/bus.ts'
import type { Config } from './config.ts'
import { databaseFile, openDataFolder, searchFile } from './db/data-folder.ts'
import type { Database } from './db/database.ts'
import { migrate } from './db/migrate.ts'
import { type ImageLimits, Images } from './files/images.ts'
import { sweepIncoming } from './files/incoming.ts'
import { openFileStore } from './files/store.ts'
import { agentCookie, fromDashboard, siteOf } from './http/caller.ts'
import { createHttpServer } from './http/server.ts'
import { KeyStore } from './keys/key-store.ts'
import { type MasterKey, openMasterKey } from './keys/master-key.ts'
import { signalMarks } from './keys/signal-marks.ts'
import type { Handshake } from './live/admit.ts'
import { Live } from './live/live.ts'
import { EventLoopDelay } from './metrics/event-loop.ts'
import { observe } from './metrics/gauges.ts'
import { Metrics } from './metrics/metrics.ts'
import { watchProcess } from './metrics/process.ts'
import { createSetupCode, setupNeeded } from './model/agent/setup.ts'
import { Allowance } from './model/allowance.ts'
import { deleteFiles } from './model/attachment/deletion.ts'
import { Uploads } from './model/attachment/upload.ts'
import { ReplyTimes } from './model/conversation/reply-times.ts'
import { Housekeeping } from './model/housekeeping.ts'
import { mailSender } from './model/mail/mail.ts'
import { MissedWatch } from './model/mail/missed-watch.ts'
import { Appender } from './model/message/append.ts'
import type { Model } from './model/model.ts'
import { Outbox } from './model/outbox/outbox.ts'
import { Presence } from './model/presence.ts'
import { PresenceExchange } from './model/presence-exchange.ts'
import { ReadinessWatch } from './model/readiness.ts'
import { Search } from './model/search/search.ts'
import { SecurityWatch } from './model/security.ts'
import { SignInLog } from './model/sign-in/log.ts'
import { SignIns } from './model/sign-in/sign-in.ts'
import { pruneUsedTokens } from './model/sign-in/used-token.ts'
import { webhookSender } from './model/webhook/send.ts'
import type { Guards } from './outside/guarded-request.ts'
import { smtpMailer } from './outside/smtp.ts'
import { type ReadLimits, ReadThread } from './reads/reads.ts'
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
/** 10 MB at 85 kB a second. */
const uploadMs = 120_000
const addressBytes = 200 * 1_048_576
const distDir = join(import.meta.dirname, '..', 'dist')

/** What tests put in the place of the world outside; nobody else does, and no configuration can. */
export interface Seams {
  webhookGuards?: Partial<Guards>
  images?: Partial<ImageLimits>
  uploadMs?: number
  readLimits?: Partial<ReadLimits>
}

export async function createApp(config: Config, now: () => number = Date.now, seams: Seams = {}): Promise<App> {
  const version = readVersion()
  const tracing = await openTracing(config, version)
  const database = await openDatabase(config)
  const { masterKey, epoch, bus } = await prepare(database, config).catch(async (error) => {
    await database.close()
    throw error
  })

  const watch = new SecurityWatch({ database, bus, now })
  const keys = new KeyStore({ database, masterKey, fresh: () => watch.fresh() })
  const presence = new Presence()
  const exchange = bus.reliable ? undefined : new PresenceExchange({ presence, bus, node: randomUUID(), now })
  const metrics = new Metrics()
  const { databaseUrl: postgres } = config
  const [sqlite, index] = [join(config.dataDir, databaseFile), join(config.dataDir, searchFile)]
  const from = postgres === undefined ? { sqlite, index } : { postgres }
  const reads = new ReadThread(from, seams.readLimits)
  const model: Model = { database, bus, keys, masterKey, presence, reads, metrics, now }
  const limit = new Allowance({ perMinute: config.messagesPerMinute, burst: config.messageBurst, now })
  const appender = new Appender(model, limit)
  const newcomers = new Allowance({ perMinute: config.anonymousPerMinute, burst: config.anonymousBurst, now })
  const requests = new Allowance({ perMinute: config.requestsPerMinute, burst: config.requestBurst, now })

  const signIns = new SignIns(model)
  const signInLog = new SignInLog(model)
  const files = await openFileStore(config)
  const images = new Images(seams.images)
  const room = { projectBytes: config.attachmentMbPerProject * 1_048_576, addressBytes }
  const uploads = new Uploads({ model, store: files, images, ...room, uploadMs: seams.uploadMs ?? uploadMs })
  const housekeeping = new Housekeeping(model, [
    () => sweepIncoming(files.incoming),
    (_, most) => deleteFiles(model, files, most),
  ])
  const { smtpUrl, mailFrom } = config
  const mailer = smtpUrl && mailFrom ? smtpMailer({ url: smtpUrl, from: mailFrom }) : undefined
  const mailing = mailer && { publicUrl: () => publicUrl }
  const missed = mailing && new MissedWatch(model, mailing)
  const senders = { webhook: webhookSender(model, seams.webhookGuards), mail: mailer && mailSender(model, mailer) }
  const outbox = new Outbox(model, senders)

  let publicUrl = config.publicUrl ?? ''
  const dataDir = existsSync(config.dataDir) ? config.dataDir : undefined
  const readiness = new ReadinessWatch({ model, fresh: () => watch.fresh(), dataDir })
  const options = { config, distDir, readiness, traceRequests: tracing?.traceRequests }
  const replyTimes = new ReplyTimes(model)
  const search = new Search(model)
  const parts = {
    model,
    appender,
    signIns,
    signInLog,
    replyTimes,
    search,
    uploads,
    files,
    newcomers,
    requests,
    mailing,
    publicUrl: () => publicUrl,
  }
  const http = await createHttpServer(parts, options)

  const handshakeOf = ({ headers }: IncomingMessage): Handshake => ({
    site: siteOf(headers, publicUrl),
    // A socket that another website opens brings the cookie along; it does not count.
    agentToken: fromDashboard(headers, publicUrl) ? http.parseCookie(headers.cookie ?? '')[agentCookie] : undefined,
  })
  // A process that has its database for itself cannot miss what happens there.
  const fresh = () => config.databaseUrl === undefined || watch.fresh()
  const live = new Live({ model, appender, epoch, fresh, log: http.log }, handshakeOf)
  watch.onEvent((event) => {
    if (event.projectId !== null) keys.forget(event.projectId)
    live.apply(event)
  })
  watch.onMissed(() => {
    keys.forgetAll()
    live.readmit()
  })
  live.attach(http.server)

  observe(metrics.registry, {
    version,
    database: config.databaseUrl === undefined ? 'sqlite' : 'postgres',
    sockets: () => live.sockets(),
    queues: () => ({ messages: appender.waiting, turns: database.waiting(), deliveries: outbox.underWay }),
    ready: () => readiness.numbers,
    diskFreeBytes: () => readiness.freeBytes,
  })
  watchProcess(metrics.registry)
  const delay = new EventLoopDelay(metrics.registry)

  const setupCode = (await setupNeeded(model)) ? await createSetupCode(model) : undefined
  await watch.start()
  // Not being able to is told by whatever else needs the database.
  const pruning = setInterval(() => void pruneUsedTokens(model).catch(() => {}), pruneEveryMs).unref()
  exchange?.start()
  signInLog.start()
  housekeeping.start()
  search.start()
  outbox.start()
  missed?.start()
  delay.start()
  const address = await http.listen({ port: config.port, host: config.host })
  publicUrl ||= friendly(address)

  return {
    publicUrl,
    setupCode,
    model,
    log: http.log,
    async stop() {
      // Nobody new, before anybody is sent away: he might come back to this very node.
      const closed = http.close()
      uploads.hurry()
      while (http.server.listening) await new Promise((resolve) => setImmediate(resolve))
      await live.stop()
      // Whoever was just being answered when it closed is idle by now, and would be waited for.
      const idle = setInterval(() => http.server.closeIdleConnections(), idleMs)
      await closed.finally(() => clearInterval(idle))
      watch.stop()
      clearInterval(pruning)
      exchange?.stop()
      delay.stop()
      await Promise.all([signInLog.stop(), housekeeping.stop(), outbox.stop(), missed?.stop()])
      images.stop()
      files.close()
      await tracing?.stop()
      await Promise.all([reads.close(), search.stop()])
      await database.close()
      await bus.close()
    },
  }
}

async function prepare(database: Database, config: Config): Promise<{ masterKey: MasterKey; epoch: string; bus: Bus }> {
  await migrate(database)
  const masterKey = await openMasterKey(database, config)
  const { epoch } = await database.read.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
  return { masterKey, epoch, bus: await openBus(config, signalMarks(masterKey, epoch)) }
}

const report = (error: unknown) => process.emitWarning(error instanceof Error ? error : String(error))

/** The drivers of what is not configured are not even loaded: they cost time at the start, and memory. */
async function openDatabase({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl === undefined) return openDataFolder(dataDir)
  const { openPostgres } = await import('./db/postgres.ts')
  return openPostgres(databaseUrl, report)
}

async function openBus({ databaseUrl, redisUrl }: Config, marks: Marks): Promise<Bus> {
  if (databaseUrl === undefined) return memoryBus()
  if (redisUrl === undefined) return { ...memoryBus(), reliable: false }
  const { redisBus } = await import('./bus/redis.ts')
  return redisBus(redisUrl, marks, report)
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

function friendly(address: string): string {
  return address.replace(/\/\/(127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?=:)/, '//localhost')
}

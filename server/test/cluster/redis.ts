/** A real redis-server of the tests' own. Without the program the tests that need it are left out, and say so. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../free-port.ts'

export const redisMissing = spawnSync('redis-server', ['--version']).error !== undefined
if (redisMissing) process.stderr.write('redis-server is not installed: the tests over several nodes are LEFT OUT.\n')

export class TestRedis {
  readonly port: number
  #child: ChildProcess | undefined

  private constructor(port: number) {
    this.port = port
  }

  static async start(): Promise<TestRedis> {
    const redis = await TestRedis.absent()
    await redis.start()
    return redis
  }

  /** Its address, with nobody there yet. */
  static async absent(): Promise<TestRedis> {
    return new TestRedis(await freePort())
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  async start(): Promise<void> {
    const options = ['--port', String(this.port), '--save', '', '--bind', '127.0.0.1']
    const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] })
    this.#child = child
    for await (const chunk of child.stdout) if (String(chunk).includes('Ready to accept')) break
  }

  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** Still there, and answering nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP')
  }

  thaw(): void {
    this.#child?.kill('SIGCONT')
  }
}

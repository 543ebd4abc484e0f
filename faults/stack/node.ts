/** One server process, which can be killed, frozen and restarted on the same port, and which may not end by itself. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cleanEnvironment } from '../../e2e/signet.ts'

const startWithinMs = 60_000
const keptOutput = 8_000

export interface NodeOptions {
  name: string
  /** The folder of the project whose server it is. */
  root: string
  port: number
  env: NodeJS.ProcessEnv
  /** It ended, and nobody had asked it to. */
  onDeath(node: ServerNode, said: string): void
}

export class ServerNode {
  readonly name: string
  readonly port: number
  #options: NodeOptions
  #child: ChildProcess | undefined
  #wanted = false
  #said = ''

  constructor(options: NodeOptions) {
    this.#options = options
    this.name = options.name
    this.port = options.port
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** What it printed last. */
  get said(): string {
    return this.#said
  }

  /** Again and again, as whoever watches over a service does: what it needs may be down for the moment. */
  async start(): Promise<void> {
    this.#wanted = true
    const until = performance.now() + startWithinMs
    while (this.#wanted && !(await this.#startOnce(until))) {
      if (performance.now() > until) throw new Error(`${this.name} did not come up.\n${this.#said}`)
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#wanted = false
    const child = this.#child
    if (!child || !this.running) return
    const gone = once(child, 'exit')
    child.kill(signal)
    child.kill('SIGCONT')
    await gone
  }

  async freeze(ms: number): Promise<void> {
    const child = this.#child
    child?.kill('SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, ms))
    child?.kill('SIGCONT')
  }

  setClock(offsetMs: number): void {
    if (this.#child?.connected) this.#child.send({ offsetMs }, () => {})
  }

  async #startOnce(until: number): Promise<boolean> {
    const child = this.#spawn()
    this.#child = child
    if (!(await this.#ready(child, until))) {
      child.kill('SIGKILL')
      return false
    }
    const died = () => {
      if (this.#wanted && this.#child === child) this.#options.onDeath(this, this.#said)
    }
    if (this.running) child.once('exit', died)
    else died()
    return true
  }

  #spawn(): ChildProcess {
    const { root, env } = this.#options
    const preload = pathToFileURL(join(import.meta.dirname, 'clock.ts')).href
    const child = spawn(process.execPath, ['--import', preload, join(root, 'server/index.ts')], {
      cwd: root,
      env: {
        ...cleanEnvironment(),
        LOG_LEVEL: 'error',
        ANONYMOUS_BURST: '100000',
        REQUEST_BURST: '10000000',
        ...env,
        PORT: String(this.port),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-keptOutput)
      })
    }
    child.on('error', () => {})
    return child
  }

  /** False when it ended before it was ready, or takes too long. */
  async #ready(child: ChildProcess, until: number): Promise<boolean> {
    while (performance.now() < until && child.exitCode === null && child.signalCode === null) {
      const signal = AbortSignal.timeout(2_000)
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`, { signal }).catch(() => undefined)
      await answer?.body?.cancel()
      if (answer?.ok) return true
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return false
  }
}

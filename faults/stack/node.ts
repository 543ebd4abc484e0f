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

  /** What it printed last. */
  get said(): string {
    return this.#said
  }

  async start(): Promise<void> {
    const { root, port, env, name } = this.#options
    const preload = pathToFileURL(join(import.meta.dirname, 'clock.ts')).href
    const child = spawn(process.execPath, ['--import', preload, join(root, 'server/index.ts')], {
      cwd: root,
      env: { ...cleanEnvironment(), LOG_LEVEL: 'error', ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child = child
    this.#wanted = true
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-keptOutput)
      })
    }
    child.on('error', () => {})
    child.once('exit', () => {
      if (this.#wanted && this.#child === child) this.#options.onDeath(this, this.#said)
    })
    if (!(await this.#ready(child))) throw new Error(`${name} did not come up.\n${this.#said}`)
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

  /** False when it ended before it was ready, or takes too long. */
  async #ready(child: ChildProcess): Promise<boolean> {
    const until = performance.now() + startWithinMs
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

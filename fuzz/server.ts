/** The server as a process of its own, with an empty folder, watched from outside. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { freePort } from '../server/test/free-port.ts'

export interface Memory {
  rss: number
  heap: number
}

export class Server {
  readonly port: number
  readonly ended: Promise<string>
  /** What it complained of. */
  readonly complaints: string[] = []
  #child: ChildProcess
  #folder: string

  private constructor(root: string, port: number, folder: string) {
    this.port = port
    this.#folder = folder
    const preload = pathToFileURL(join(import.meta.dirname, 'inside.ts')).href
    this.#child = spawn(process.execPath, ['--expose-gc', '--import', preload, join(root, 'server/index.ts')], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        DATA_DIR: folder,
        LOG_LEVEL: 'error',
        // So that each caller can have an address of its own, and none is locked out for what others did.
        TRUST_PROXY: 'true',
        MESSAGES_PER_MINUTE: '100000000',
        MESSAGE_BURST: '100000000',
        ANONYMOUS_BURST: '100000000',
        REQUEST_BURST: '100000000',
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.ended = once(this.#child, 'exit').then(([code, signal]) => `it ended with ${code ?? signal}`)
    // The greeting on the output is no complaint; whatever it logs at this level is.
    this.#listen(this.#child.stdout, (line) => line.startsWith('{'))
    this.#listen(this.#child.stderr, (line) => line !== '')
  }

  static async start(root: string): Promise<Server> {
    const server = new Server(root, await freePort(), mkdtempSync(join(tmpdir(), 'signet-fuzz-')))
    const until = performance.now() + 30_000
    while (!(await server.healthy(2_000))) {
      if (!server.running || performance.now() > until) throw new Error(`No start: ${server.complaints.join('\n')}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async healthy(withinMs: number): Promise<boolean> {
    const signal = AbortSignal.timeout(withinMs)
    const answer = await fetch(`${this.url}/healthz`, { signal }).catch(() => undefined)
    await answer?.body?.cancel().catch(() => {})
    return answer?.ok ?? false
  }

  async memory(): Promise<Memory> {
    const told = once(this.#child, 'message', { signal: AbortSignal.timeout(20_000) })
    this.#child.send({})
    const [{ heap }] = await told
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')
    return { rss: Number(status.match(/VmRSS:\s+(\d+)/)?.[1]) * 1024, heap }
  }

  async stop(): Promise<void> {
    if (this.running) {
      this.#child.kill('SIGTERM')
      const patience = setTimeout(() => this.#child.kill('SIGKILL'), 12_000)
      await this.ended
      clearTimeout(patience)
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #listen(stream: NodeJS.ReadableStream | null, isComplaint: (line: string) => boolean): void {
    let rest = ''
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      this.complaints.push(...lines.filter(isComplaint).map((line) => line.slice(0, 2_000)))
    })
  }
}

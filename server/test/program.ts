/** The server as its operator runs it: a process of its own, which can be ended in every way. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const entry = join(import.meta.dirname, '..', 'index.ts')

export class Program {
  output = ''
  readonly ended: Promise<number | string>
  #child: ChildProcess

  constructor(environment: Record<string, string>) {
    const env = { PATH: process.env.PATH ?? '', ...environment }
    this.#child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
    }
    this.ended = once(this.#child, 'close').then(([code, signal]) => code ?? signal)
  }

  async ready(url: string): Promise<void> {
    for (;;) {
      const answer = await fetch(`${url}/readyz`).catch(() => undefined)
      if (answer?.ok) return
      if (this.#child.exitCode !== null) throw new Error(`It ended: ${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string> {
    this.#child.kill(signal)
    return this.ended
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

/** A program that a test started, with everything it said. */
export class Process {
  readonly child: ChildProcess
  output = ''
  errors = ''
  readonly ended: Promise<number | NodeJS.Signals>

  constructor(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
    this.child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text
    })
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text
    })
    this.ended = once(this.child, 'close').then(([code, signal]) => code ?? signal)
  }

  get running() {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Resolves once the answer to this address is a good one; rejects with what was said if the program ends before. */
  async answers(url: string, patienceMs = 30_000) {
    const until = Date.now() + patienceMs
    while (Date.now() < until) {
      if (!this.running) throw new Error(`It ended before it answered.\n${this.output}${this.errors}`)
      const answer = await fetch(url).catch(() => undefined)
      if (answer?.ok) return
      await wait(50)
    }
    throw new Error(`No answer from ${url}.\n${this.output}${this.errors}`)
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM') {
    if (this.running) this.child.kill(signal)
    return this.ended
  }
}

/** A program in a process of its own, which answers what it is asked (answer.ts). */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { cleanEnvironment } from '../e2e/signet.ts'
import { root } from '../scripts/sources.ts'
import type { Handlers, Question, Reply } from './answer.ts'

const patienceMs = 300_000

type Asked<H extends Handlers, K extends keyof H> = Parameters<H[K]>[0]
type Answered<H extends Handlers, K extends keyof H> = Awaited<ReturnType<H[K]>>

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

export interface ChildOptions {
  /** Node's. */
  flags?: string[]
  env?: NodeJS.ProcessEnv
}

export class Child<H extends Handlers> {
  readonly process: ChildProcess
  #waiting = new Map<number, Waiting>()
  #asked = 0

  /** `program` is relative to the project's folder. */
  constructor(program: string, { flags = [], env = {} }: ChildOptions = {}) {
    // Such as BENCH_NODE_FLAGS=--cpu-prof, to see what a measured process spends its time on.
    const more = process.env.BENCH_NODE_FLAGS?.split(' ') ?? []
    this.process = spawn(process.execPath, [...flags, ...more, join(root, program)], {
      cwd: root,
      env: { ...cleanEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    this.process.on('message', (reply: Reply) => this.#settle(reply))
    this.process.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${program} has ended.`))
    })
  }

  ask<K extends keyof H & string>(name: K, asked: Asked<H, K>): Promise<Answered<H, K>> {
    const question: Question = { id: ++this.#asked, name, asked }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.process.kill('SIGKILL')
        reject(new Error(`${name} took longer than ${patienceMs / 1000} s.`))
      }, patienceMs)
      const settled = () => {
        clearTimeout(timer)
        this.#waiting.delete(question.id)
      }
      this.#waiting.set(question.id, {
        resolve: (value) => {
          settled()
          // Both ends are files of this folder, and the types of the one are taken from the other.
          resolve(value as Answered<H, K>)
        },
        reject: (error) => {
          settled()
          reject(error)
        },
      })
      this.process.send(question)
    })
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    this.process.kill('SIGTERM')
    await once(this.process, 'exit')
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    if ('error' in reply) waiting?.reject(new Error(reply.error))
    else waiting?.resolve(reply.answer)
  }
}

/** One question to a program that is started for it and stopped after it. */
export async function askOnce<H extends Handlers, K extends keyof H & string>(
  program: string,
  name: K,
  asked: Asked<H, K>,
  env: NodeJS.ProcessEnv = {},
): Promise<Answered<H, K>> {
  const child = new Child<H>(program, { env })
  try {
    return await child.ask(name, asked)
  } finally {
    await child.stop()
  }
}

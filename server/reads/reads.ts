/**
 * The thread that answers what takes long to read, from here.
 *
 * It is started by the first question and ended when nobody has asked for a while. It has one question at a time: so
 * it is known which one broke it, or takes too long, and only that one is refused; the next has a new thread. Those who
 * ask take turns, so that nobody waits for all that another has asked. A question that cannot be answered in time is one
 * of too many, or too large: both are refused with `unavailable`.
 */
import { Worker } from 'node:worker_threads'
import type { ReadFrom } from '../db/reader.ts'
import { InTurn } from '../in-turn.ts'
import type { Answered, Asked, Question, Reads } from '../model/reads.ts'
import { Refused } from '../model/refused.ts'
import type { Posed, Reply } from './worker.ts'

export interface ReadLimits {
  /** How many questions may wait, and how many of them may be of the same person. */
  waiting: number
  waitingOfOne: number
  longestMs: number
  idleMs: number
  /** Beyond this the thread ends, and not the server. */
  heapMb: number
}

const usualLimits: ReadLimits = { waiting: 40, waitingOfOne: 6, longestMs: 10_000, idleMs: 60_000, heapMb: 192 }

interface Waiting extends Posed {
  by: string
  resolve(answer: unknown): void
  reject(error: Error): void
}

const program = new URL('./worker.ts', import.meta.url)

export class ReadThread implements Reads {
  readonly #from: ReadFrom
  readonly #limits: ReadLimits
  readonly #program: URL
  #worker: Worker | undefined
  #current: Waiting | undefined
  readonly #waiting = new InTurn<Waiting>()
  #timer: NodeJS.Timeout | undefined
  #asked = 0
  #closed = false

  constructor(from: ReadFrom, limits: Partial<ReadLimits> = {}, file: URL = program) {
    this.#from = from
    this.#limits = { ...usualLimits, ...limits }
    this.#program = file
  }

  ask<Q extends Question>(question: Q, asked: Asked<Q>, by: string): Promise<Answered<Q>> {
    const { waiting, waitingOfOne } = this.#limits
    const tooMany = this.#waiting.waiting >= waiting || this.#waiting.waitingOf(by) >= waitingOfOne
    if (this.#closed || tooMany) return Promise.reject(tooMuch())
    return new Promise((resolve, reject) => {
      const id = ++this.#asked
      // The answer is that of the very question: both ends take their types from the same table.
      const settle = (answer: unknown) => resolve(answer as Answered<Q>)
      this.#waiting.add({ id, question, asked, by, resolve: settle, reject })
      this.#next()
    })
  }

  /** How many questions there are that have no answer yet. */
  get open(): number {
    return this.#waiting.waiting + (this.#current ? 1 : 0)
  }

  /** Whether there is a thread. */
  get running(): boolean {
    return this.#worker !== undefined
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { reject } of this.#waiting.clear()) reject(tooMuch())
    this.#giveUp(tooMuch())
    await this.#end()
  }

  #next(): void {
    if (this.#current) return
    clearTimeout(this.#timer)
    this.#current = this.#waiting.next()
    if (!this.#current) return this.#rest()
    const { id, question, asked } = this.#current
    this.#timer = setTimeout(() => this.#abandon(), this.#limits.longestMs)
    this.#worker ??= this.#start()
    this.#worker.postMessage({ id, question, asked } satisfies Posed)
  }

  #start(): Worker {
    const worker = new Worker(this.#program, {
      workerData: this.#from,
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.heapMb },
      // Whatever the process was started with (--cpu-prof, --import) is the main thread's.
      execArgv: [],
    })
    worker.unref()
    worker.on('message', (reply: Reply) => this.#take(reply))
    let failure: Error | undefined
    worker.on('error', (error) => {
      failure = error instanceof Error ? error : new Error(String(error))
    })
    worker.on('exit', () => {
      // One that was abandoned has nothing to say any more.
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#giveUp(failure ?? new Error('The thread that reads has ended.'))
      this.#next()
    })
    return worker
  }

  #take(reply: Reply): void {
    const current = this.#current
    if (current?.id !== reply.id) return
    this.#current = undefined
    if ('error' in reply) current.reject(new Error(reply.error))
    else current.resolve(reply.answer)
    this.#next()
  }

  /** It may be deep in the database, where nothing reaches it: it ends when it comes out, and nobody waits for that. */
  #abandon(): void {
    void this.#end()
    this.#giveUp(tooMuch())
    this.#next()
  }

  #giveUp(error: Error): void {
    const current = this.#current
    this.#current = undefined
    current?.reject(error)
  }

  #rest(): void {
    this.#timer = setTimeout(() => void this.#end(), this.#limits.idleMs)
    this.#timer.unref()
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer)
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }
}

const tooMuch = (): Refused => new Refused('unavailable', { retryAfterMs: 2_000 })

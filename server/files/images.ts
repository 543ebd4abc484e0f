/**
 * Pictures are made anew in a process of its own (image-process.ts), begun with the first one and ended when there has
 * been none for a while. One picture at a time; one that hangs or brings the process down is refused alone.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { FileRefused } from './file-refused.ts'
import { Turns } from './turns.ts'
import type { ImageType } from './type.ts'

export interface ImageJob {
  type: ImageType
  from: string
  to: string
  toThumbnail: string
  /** The longest side of the small picture. */
  thumbnail: number
  mostPixels: number
  ms: number
}

const refusals = ['image_too_large', 'image_unreadable', 'unavailable'] as const

export type ImageOutcome = { width: number; height: number } | { refused: (typeof refusals)[number] }

export interface ImageLimits {
  mostPixels: number
  ms: number
  idleMs: number
  program: string
}

const usual: ImageLimits = {
  mostPixels: 40_000_000,
  ms: 20_000,
  idleMs: 30_000,
  program: join(import.meta.dirname, 'image-process.ts'),
}
const thumbnail = 480
const mostWaiting = 15
const mostOfOne = 6

export class Images {
  #limits: ImageLimits
  #process: ChildProcess | undefined
  #turns = new Turns()
  #idle: NodeJS.Timeout | undefined
  #stopped = false

  constructor(limits: Partial<ImageLimits> = {}) {
    this.#limits = { ...usual, ...limits }
  }

  /** Whether the process is there. */
  get running(): boolean {
    return this.#process !== undefined
  }

  /** Writes the picture and its small one, and gives its size. `by` is whose it is: they take turns. */
  async prepare(
    files: Pick<ImageJob, 'type' | 'from' | 'to' | 'toThumbnail'>,
    by: string,
  ): Promise<{ width: number; height: number }> {
    const tooMany = this.#turns.waiting >= mostWaiting || this.#turns.waitingOf(by) >= mostOfOne
    if (tooMany) throw new FileRefused('rate_limited')
    const { mostPixels, ms } = this.#limits
    const made = await this.#turns.take(by, () => this.#work({ ...files, thumbnail, mostPixels, ms }))
    if ('refused' in made) {
      const unwritten = made.refused === 'unavailable' && !this.#stopped
      throw new FileRefused(made.refused, unwritten ? { cause: new Error('No picture could be written.') } : {})
    }
    return made
  }

  /** For good: the picture that is being made, and those that wait, are refused, to be sent again. */
  stop(): void {
    this.#stopped = true
    this.#end()
  }

  #end(): void {
    clearTimeout(this.#idle)
    this.#process?.kill('SIGKILL')
    this.#process = undefined
  }

  async #work(job: ImageJob): Promise<ImageOutcome> {
    if (this.#stopped) return { refused: 'unavailable' }
    clearTimeout(this.#idle)
    const worker = this.#process ?? this.#begin()
    const outcome = await answerOf(worker, job)
    this.#idle = setTimeout(() => this.#end(), this.#limits.idleMs).unref()
    if (outcome) return outcome
    // It hangs, or is gone: the next picture gets another process.
    if (this.#process === worker) this.#end()
    return { refused: this.#stopped ? 'unavailable' : 'image_unreadable' }
  }

  #begin(): ChildProcess {
    // Nothing of our environment: there are keys in it.
    const worker = fork(this.#limits.program, {
      env: {},
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    worker.once('exit', () => {
      if (this.#process === worker) this.#process = undefined
    })
    worker.on('error', () => {})
    worker.unref()
    worker.channel?.unref()
    this.#process = worker
    return worker
  }
}

/** Undefined when none comes in time, or the process has ended. */
function answerOf(worker: ChildProcess, job: ImageJob): Promise<ImageOutcome | undefined> {
  return new Promise((resolve) => {
    const settle = (answer?: unknown) => {
      clearTimeout(timer)
      worker.off('message', settle).off('exit', gone)
      resolve(isOutcome(answer) ? answer : undefined)
    }
    const gone = () => settle()
    const timer = setTimeout(gone, job.ms)
    worker.once('message', settle).once('exit', gone)
    worker.send(job, (error) => error && settle())
  })
}

function isOutcome(answer: unknown): answer is ImageOutcome {
  if (typeof answer !== 'object' || answer === null) return false
  if ('refused' in answer) return refusals.some((code) => code === answer.refused)
  return 'width' in answer && 'height' in answer && Number.isInteger(answer.width) && Number.isInteger(answer.height)
}

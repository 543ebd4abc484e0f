/**
 * The log of refused sign-ins (VS12): what a site's developers look at when somebody cannot come in. It holds neither
 * tokens nor what is claimed in them.
 *
 * Anybody can fill it with junk, so it costs little: what is refused waits in memory, at most 20 of a project and
 * 2,000 in all, and is written once a second; what is more is dropped.
 */
import { TokenRefused } from '../../../identity/errors.ts'
import { hintFor } from '../../../identity/refusal-hint.ts'
import type { SignInRefusal } from '../../../protocol/admin-records.ts'
import type { Project } from '../../../protocol/records.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import type { Refused } from '../refused.ts'
import { storeRefusals } from './refusal.ts'
import { diagnose } from './token-diagnosis.ts'

const waitingOfProject = 20
const waitingInAll = 2_000
const writeEveryMs = 1_000
const diagnoseEveryMs = 1_000
const maxOriginLength = 255

type Noting = Pick<Model, 'database' | 'keys' | 'now'>

export interface Attempt {
  token: string
  origin: string | undefined
}

/** Takes refusals down; written once a second, and what is left when it stops. */
export class SignInLog {
  #model: Noting
  #waiting = new Map<string, SignInRefusal[]>()
  #count = 0
  #diagnosedAt = new Map<string, number>()
  #diagnoses: Promise<void>[] = []
  #writing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(model: Noting) {
    this.#model = model
  }

  start(): void {
    this.#timer = setInterval(() => void this.#write(), writeEveryMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.writeAll()
  }

  /** Takes down that a token was refused, and looks into one of them a second for what went wrong (VT18). */
  note(project: Project, error: TokenRefused | Refused, attempt: Attempt): void {
    const ofProject = this.#waiting.get(project.id) ?? []
    if (ofProject.length >= waitingOfProject || this.#count >= waitingInAll) return
    const refusal = this.#describe(project, error, attempt)
    ofProject.push(refusal)
    this.#waiting.set(project.id, ofProject)
    this.#count += 1
    if (error instanceof TokenRefused && this.#mayDiagnose(project.id, refusal.at)) {
      this.#diagnoses.push(this.#diagnose(refusal, project, attempt.token, error))
    }
  }

  /** Whatever has been noted until now is written, or given up, when this is done. */
  async writeAll(): Promise<void> {
    await this.#writing
    await this.#write()
  }

  #describe(project: Project, error: TokenRefused | Refused, { origin }: Attempt): SignInRefusal {
    const { code, field = null } = error
    const at = this.#model.now()
    const about = { id: newId(), at, code, field, origin: origin === undefined ? null : cleanOrigin(origin) }
    if (!(error instanceof TokenRefused)) {
      return { ...about, hint: code === 'origin_not_allowed' ? originHint : null, keyId: null }
    }
    return { ...about, hint: hintFor(error, { project, now: at }) ?? null, keyId: error.keyId ?? null }
  }

  #mayDiagnose(projectId: string, now: number): boolean {
    const last = this.#diagnosedAt.get(projectId)
    // Later than now: the clock was set back.
    if (last !== undefined && last <= now && last > now - diagnoseEveryMs) return false
    this.#diagnosedAt.set(projectId, now)
    return true
  }

  async #diagnose(refusal: SignInRefusal, project: Project, token: string, error: TokenRefused): Promise<void> {
    // After the answer is on its way: what is found out must not show in how long it takes.
    await new Promise(setImmediate)
    const hint = await diagnose(this.#model, project, token, error).catch(() => undefined)
    if (hint !== undefined) refusal.hint = hint
  }

  /** One writing at a time: while the database is slow, what waits stays within its limits. */
  #write(): Promise<void> {
    this.#writing ??= this.#store().finally(() => {
      this.#writing = undefined
    })
    return this.#writing
  }

  /** What cannot be stored is given up: it is a log, and the database has worse to worry about. */
  async #store(): Promise<void> {
    const [batches, diagnoses] = [[...this.#waiting], this.#diagnoses]
    this.#waiting.clear()
    this.#count = 0
    this.#diagnoses = []
    const past = this.#model.now() - diagnoseEveryMs
    for (const [projectId, at] of this.#diagnosedAt) if (at <= past) this.#diagnosedAt.delete(projectId)
    await Promise.all(diagnoses)
    await Promise.allSettled(batches.map(([projectId, refusals]) => storeRefusals(this.#model, projectId, refusals)))
  }
}

const originHint = 'If this website is yours, add it to the allowed origins in the settings.'

/** A header that anybody can write anything into. */
function cleanOrigin(origin: string): string {
  return origin
    .slice(0, maxOriginLength)
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
}

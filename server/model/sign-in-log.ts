/**
 * The log of refused sign-ins (VS12): what a site's developers look at when somebody cannot come in. It holds neither
 * tokens nor what is claimed in them.
 *
 * Anybody can fill it with junk, so it costs little: what is refused waits in memory, at most 20 of a project and
 * 2,000 in all, and is written once a second; what is more is dropped. Each writing keeps the project's newest 1,000.
 */
import { TokenRefused } from '../../identity/errors.ts'
import type { SignInRefusal } from '../../protocol/admin-records.ts'
import type { Project } from '../../protocol/records.ts'
import type { Transaction } from '../db/database.ts'
import { requireAction } from './access.ts'
import type { Member } from './caller.ts'
import { newId } from './id.ts'
import type { Model } from './model.ts'
import { afterPage, cutPage, type PageQuery } from './page.ts'
import type { Refused } from './refused.ts'

export type Refusal = Pick<SignInRefusal, 'code' | 'field' | 'hint' | 'keyId' | 'origin'>

const kept = 1_000
export const keptMs = 30 * 86_400_000
const waitingOfProject = 20
const waitingInAll = 2_000
const writeEveryMs = 1_000
const maxOriginLength = 255

type Row = Omit<SignInRefusal, 'at'> & { at: number }

export class SignInLog {
  #model: Pick<Model, 'database' | 'now'>
  #waiting = new Map<string, Row[]>()
  #count = 0
  #writing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(model: Pick<Model, 'database' | 'now'>) {
    this.#model = model
  }

  start(): void {
    this.#timer = setInterval(() => void this.write(), writeEveryMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.write()
  }

  /** Takes down that a token was refused. */
  note(
    { id }: Project,
    error: TokenRefused | Refused,
    { origin }: { token: string; origin: string | undefined },
  ): void {
    const keyId = error instanceof TokenRefused ? (error.keyId ?? null) : null
    this.record(id, { code: error.code, field: error.field ?? null, hint: null, keyId, origin: origin ?? null })
  }

  /** Gives the entry, whose hint may be filled in until it is written; undefined if there is no room for it. */
  record(projectId: string, refusal: Refusal): { hint: string | null } | undefined {
    const rows = this.#waiting.get(projectId) ?? []
    if (rows.length >= waitingOfProject || this.#count >= waitingInAll) return undefined
    const origin = refusal.origin?.slice(0, maxOriginLength).toWellFormed().replaceAll('\0', '') ?? null
    const row = { ...refusal, id: newId(), at: this.#model.now(), origin }
    this.#waiting.set(projectId, rows)
    this.#count += 1
    rows.push(row)
    return row
  }

  /** Writes what waits. What cannot be written is given up: it is a log, and the database has worse to worry about. */
  write(): Promise<void> {
    const batches = [...this.#waiting]
    this.#waiting.clear()
    this.#count = 0
    this.#writing = this.#writing.then(async () => {
      await Promise.allSettled(batches.map(([projectId, rows]) => this.#store(projectId, rows)))
    })
    return this.#writing
  }

  async read(
    member: Member,
    { page, limit }: PageQuery,
  ): Promise<{ refusals: SignInRefusal[]; nextPage: string | null }> {
    requireAction(member, 'explainSignIns')
    // Who has just tried it wants to see it.
    await this.write()
    const rows = await this.#model.database.read
      .selectFrom('sign_in_refusals')
      .selectAll()
      .where('project_id', '=', member.projectId)
      .where('created_at', '>', this.#model.now() - keptMs)
      .where(afterPage(page))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const { shown, nextPage } = cutPage(rows, limit)
    const refusals = shown.map(({ id, created_at: at, code, field, hint, key_id: keyId, origin }) => {
      return { id, at, code, field, hint, keyId, origin }
    })
    return { refusals, nextPage }
  }

  async #store(projectId: string, rows: Row[]): Promise<void> {
    await this.#model.database.transaction(async (tx) => {
      for (const { id, at, code, field, hint, keyId, origin } of rows) {
        const columns = { id, project_id: projectId, code, field, hint, key_id: keyId, origin, created_at: at }
        await tx.query.insertInto('sign_in_refusals').values(columns).execute()
      }
      await forgetOldest(tx, projectId)
    })
  }
}

async function forgetOldest(tx: Transaction, projectId: string): Promise<void> {
  const [first] = await tx.rows<{ created_at: number; id: string }>(
    `select created_at, id from sign_in_refusals where project_id = ?
     order by created_at desc, id desc limit 1 offset ?`,
    [projectId, kept],
  )
  if (!first) return
  await tx.rows('delete from sign_in_refusals where project_id = ? and (created_at, id) <= (?, ?)', [
    projectId,
    first.created_at,
    first.id,
  ])
}

import { type ErrorCode, sentenceOf } from '../../protocol/errors.ts'

/** A request that is understood and not granted. The edges turn it into a status or a frame. */
export class Refused extends Error {
  override name = 'Refused'
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(
    code: ErrorCode,
    more: { field?: string; retryAfterMs?: number; message?: string; cause?: unknown } = {},
  ) {
    super(more.message ?? sentenceOf(code), { cause: more.cause })
    this.code = code
    this.field = more.field
    this.retryAfterMs = more.retryAfterMs
  }
}

/** What was thrown, if it says no more than no: it was refused, or there is no room on the disk just now. */
export function refusalFrom(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error
  return isForWantOfRoom(error) ? new Refused('unavailable', { retryAfterMs: 5_000 }) : undefined
}

const sqliteFull = 13
const full = ['ENOSPC', 'EDQUOT', '53100']

/** From the disk itself, from PostgreSQL or from SQLite. */
function isForWantOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('errcode' in error && error.errcode === sqliteFull) return true
  return 'code' in error && full.includes(String(error.code))
}

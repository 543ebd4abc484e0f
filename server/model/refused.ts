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

import type { ErrorCode } from '../../protocol/errors.ts'

/** A file that is not taken; the model turns it into a refusal. */
export class FileRefused extends Error {
  override name = 'FileRefused'
  readonly code: ErrorCode

  constructor(code: ErrorCode) {
    super(code)
    this.code = code
  }
}

import type { ErrorCode } from '../../protocol/errors.ts'

/** A file that is not taken, or not given; the model turns it into a refusal. */
export class FileRefused extends Error {
  override name = 'FileRefused'
  readonly code: ErrorCode

  constructor(code: ErrorCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

/** A folder or a bucket that fails says nothing about the file: whoever asks may ask again. */
export const unavailable = (cause: unknown): FileRefused => new FileRefused('unavailable', { cause })

export async function orUnavailable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw unavailable(error)
  }
}

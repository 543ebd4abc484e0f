import { FileRefused } from '../../files/file-refused.ts'
import { Refused } from '../refused.ts'

const retryAfterMs = 5_000

/** What is said of a file that is not taken or given. Anything else is as it was. */
export function refusalFrom(error: unknown): unknown {
  if (!(error instanceof FileRefused)) return error
  const { code, cause } = error
  return new Refused(code, { ...(code === 'unavailable' && { retryAfterMs }), cause })
}

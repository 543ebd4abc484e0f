/** The message is a sentence for the operator. */
export class MasterKeyError extends Error {
  override name = 'MasterKeyError'
}

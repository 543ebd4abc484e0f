/** Those whose message is a sentence that an operator can act on; of all others the whole error is shown. */
const names = [
  'CommandError',
  'ConfigError',
  'DatabaseFromTheFuture',
  'DatabaseUnfinished',
  'DatabaseUnreachable',
  'FolderUnusable',
  'MasterKeyError',
]

export const isForOperators = (error: Error): boolean => names.includes(error.name)

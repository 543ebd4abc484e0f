import type { MasterKey } from './master-key.ts'

const purpose = 'signal'

/** Of this installation, and since its last restore: a signal from before may carry numbers that are given anew. */
export function signalMarks(key: MasterKey, epoch: string) {
  const bytesOf = (text: string) => Buffer.from(`${epoch} ${text}`)
  return {
    of: (text: string): string => Buffer.from(key.sign(bytesOf(text), purpose)).toString('base64url'),
    isOf: (text: string, mark: string): boolean => key.isSigned(bytesOf(text), Buffer.from(mark, 'base64url'), purpose),
  }
}

import type { Answer } from '../../../client/api.ts'
import { mostCounted } from '../../../protocol/limits.ts'
import { plural } from '../../parts/time.ts'

type Holdings = Answer<'GET /projects/:project/visitors/:visitor'>

/** How much is stored of somebody, in words. */
export function held({ conversations, messages, files }: Holdings): string[] {
  const words = [counted(conversations, 'conversation'), counted(messages, 'message')]
  return files === 0 ? words : [...words, counted(files, 'file')]
}

/** "41 messages", "more than 10,000 messages": the server counts so far, and no further. */
export function counted(count: number, noun: string): string {
  return count > mostCounted ? `more than ${plural(mostCounted, noun)}` : plural(count, noun)
}

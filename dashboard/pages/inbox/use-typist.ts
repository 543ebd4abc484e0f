import { useStore } from '@nanostores/react'
import type { Writer } from '../../stores/typing.ts'
import { useHere } from '../workspace-context.ts'

/** Who is writing in this conversation just now, if anybody. */
export function useTypist(conversationId: string): Writer | undefined {
  return useStore(useHere().workspace.typing.writers).get(conversationId)
}

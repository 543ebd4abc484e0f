import { useEffect, useLayoutEffect, useState } from 'react'
import type { Goal, Threads } from '../../../stores/threads.ts'

const markedMs = 4_000

/** The address names a message, or none: then the present is meant. */
export function useGoalOfAddress(threads: Threads, conversationId: string, message: string | undefined) {
  // Before anything is painted: whoever goes into the past is not shown the present first.
  useLayoutEffect(() => {
    if (message === undefined) threads.goToPresent(conversationId)
    else threads.goTo(conversationId, message)
  }, [threads, conversationId, message])
  useEffect(() => () => threads.goToPresent(conversationId), [threads, conversationId])
}

/** The message that is marked: for a while after somebody has gone to it. */
export function useMark(goal: Goal | undefined, isThere: boolean): string | undefined {
  const [marked, setMarked] = useState<Goal>()
  useEffect(() => {
    if (!isThere) return
    setMarked(goal)
    const timer = setTimeout(() => setMarked(undefined), markedMs)
    return () => clearTimeout(timer)
  }, [goal, isThere])
  return marked?.message
}

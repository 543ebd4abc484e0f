import { useStore } from '@nanostores/react'
import { useEffect, useSyncExternalStore } from 'react'
import type { Conversation } from '../../../../protocol/records.ts'
import { useHere } from '../../workspace-context.ts'

/** Marks what is in front of somebody as read: the conversation is open and the window has the focus (DL10). */
export function useReadMark({ id, lastSeq, agentReadSeq }: Conversation) {
  const { sayRead, connection, threads } = useHere().workspace
  const isPast = useStore(threads.of(id).past) !== undefined
  const focused = useSyncExternalStore(watchFocus, isFocused)
  const live = useStore(connection) === 'open'
  useEffect(() => {
    if (focused && live && !isPast && lastSeq > agentReadSeq) sayRead(id, lastSeq)
  }, [focused, live, isPast, id, lastSeq, agentReadSeq, sayRead])
}

function isFocused(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}

function watchFocus(listener: () => void): () => void {
  const events = ['focus', 'blur', 'visibilitychange'] as const
  for (const event of events) window.addEventListener(event, listener, true)
  return () => {
    for (const event of events) window.removeEventListener(event, listener, true)
  }
}

import { useEffect, useRef } from 'react'

interface InboxKeys {
  shown: readonly { id: string }[]
  conversationId: string | undefined
  open: (id: string | undefined) => void
  showKeys: () => void
  search: () => void
}

/** The keys that go through the list. Those of one conversation are with its header and its composer. */
export function useInboxKeys({ shown, conversationId, open, showKeys, search }: InboxKeys) {
  // A conversation that leaves the list, being resolved, leaves its place behind.
  const place = useRef(0)
  const found = shown.findIndex(({ id }) => id === conversationId)
  if (found >= 0) place.current = found

  function go(step: 1 | -1): boolean {
    const last = shown.length - 1
    const next = shown[Math.min(Math.max(startOf(step) + step, 0), last)]
    if (next) open(next.id)
    return next !== undefined
  }

  function startOf(step: 1 | -1): number {
    if (found >= 0) return found
    if (conversationId === undefined) return -1
    // The one that was open has left the list: whoever stands in its place is the next.
    return step > 0 ? place.current - 1 : place.current
  }

  useKeys((key) => {
    const step = steps[key]
    if (step !== undefined) return go(step)
    if (key === '?') showKeys()
    else if (key === '/') search()
    else if (key === 'Escape' && conversationId !== undefined) open(undefined)
    else return false
    return true
  })
}

const steps: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/** Plain keys, pressed while nothing is being written and no dialog or menu is open. True: the key was taken. */
export function useKeys(take: (key: string) => boolean) {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      if (key.startsWith('Arrow') && isScroller(event.target)) return
      if (latest.current(key)) event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

const takers =
  'input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [role="radiogroup"], pre'

function isBusy(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(takers) !== null
}

/** What scrolls keeps its arrows. */
function isScroller(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-scrolls]') !== null
}

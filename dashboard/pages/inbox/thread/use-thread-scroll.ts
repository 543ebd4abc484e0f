import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Row } from '../../../../client/timeline.ts'
import type { Goal } from '../../../stores/threads.ts'
import { findMessage, useHeldFocus } from './use-held-focus.ts'

interface ThreadScroll {
  scroller: RefObject<HTMLDivElement | null>
  /** Somebody reads further up. */
  isAway: boolean
  toEnd: () => void
}

interface Shown {
  rows: readonly Row[]
  goal: Goal | undefined
  /** They do not reach down to the present. */
  isPast: boolean
}

const nearPx = 80
const marginPx = 16

/**
 * The scroller is laid out from its end (`column-reverse`), so 0 is the latest message, older pages grow upwards
 * without moving what is read, and only messages that come below need a correction while somebody reads above. A
 * message that somebody goes to is put into the middle, once.
 */
export function useThreadScroll({ rows, goal, isPast }: Shown): ThreadScroll {
  const scroller = useRef<HTMLDivElement>(null)
  const [isAway, setAway] = useState(false)
  const before = useRef({ lastKey: rows.at(-1)?.key, height: 0, isPast })
  const reached = useRef<Goal>(undefined)
  const leaves = useRef(false)
  useHeldFocus(scroller, rows)

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const last = rows.at(-1)
    const { lastKey, height, isPast: wasPast } = before.current
    before.current = { lastKey: last?.key, height: element.scrollHeight, isPast }
    const target = goal && goal !== reached.current ? findMessage(element, goal.message) : null
    if (target) {
      reached.current = goal
      show(element, target)
    } else if (height > 0 && last?.key !== lastKey) {
      const goesOn = rows.some(({ key }) => key === lastKey)
      const isRead = wasPast || element.scrollTop < -nearPx
      if (!goesOn || leaves.current || last?.state === 'pending') element.scrollTop = 0
      else if (isRead) element.scrollTop -= element.scrollHeight - height
      leaves.current = false
    }
  }, [rows, goal, isPast])

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const onScroll = () => setAway(element.scrollTop < -nearPx * 4)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  })

  const toEnd = useCallback(() => {
    leaves.current = isPast
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth'
    scroller.current?.scrollTo({ top: 0, behavior })
    // The button that was pressed goes away.
    scroller.current?.focus({ preventScroll: true })
  }, [isPast])
  return { scroller, isAway: isAway || isPast, toEnd }
}

/** The top of one that is taller than the window; and whoever listens is there, too. */
function show(scroller: HTMLElement, target: HTMLElement) {
  const [box, view] = [target.getBoundingClientRect(), scroller.getBoundingClientRect()]
  scroller.scrollTop += box.top - view.top - Math.max(marginPx, (view.height - box.height) / 2)
  target.focus({ preventScroll: true })
}

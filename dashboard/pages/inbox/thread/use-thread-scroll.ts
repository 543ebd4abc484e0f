import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Row } from '../../../../client/timeline.ts'

interface ThreadScroll {
  scroller: RefObject<HTMLDivElement | null>
  /** Somebody reads further up. */
  isAway: boolean
  toEnd: () => void
}

const nearPx = 80

/**
 * The scroller is laid out from its end (`column-reverse`), so 0 is the latest message, older pages grow upwards
 * without moving what is read, and only messages that come below need a correction while somebody reads above.
 */
export function useThreadScroll(rows: readonly Row[]): ThreadScroll {
  const scroller = useRef<HTMLDivElement>(null)
  const [isAway, setAway] = useState(false)
  const before = useRef({ lastKey: rows.at(-1)?.key, height: 0 })

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const lastKey = rows.at(-1)?.key
    const grown = element.scrollHeight - before.current.height
    const appended = lastKey !== before.current.lastKey
    const mine = rows.at(-1)?.state === 'pending'
    if (appended && before.current.height > 0) {
      if (mine) element.scrollTop = 0
      else if (element.scrollTop < -nearPx) element.scrollTop -= grown
    }
    before.current = { lastKey, height: element.scrollHeight }
  }, [rows])

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const onScroll = () => setAway(element.scrollTop < -nearPx * 4)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  })

  const toEnd = useCallback(() => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' }), [])
  return { scroller, isAway, toEnd }
}

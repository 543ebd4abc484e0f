import { type RefObject, useEffect, useRef } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Waiting } from '../../../parts/skeleton.tsx'
import type { More } from '../../../stores/past.ts'

interface ThreadEndProps {
  side: 'older' | 'newer'
  more: More
  /** The other end is being fetched: this one waits. */
  waits: boolean
  scroller: RefObject<HTMLElement | null>
  fetch: () => void
}

/** Where what is known of the history ends. It fetches more as it comes near. */
export function ThreadEnd({ side, more, waits, scroller, fetch }: ThreadEndProps) {
  const end = useRef<HTMLDivElement>(null)
  useSight(end, scroller, fetch, more === 'some' && !waits)
  return (
    <div ref={end} className="thread-end">
      {more === 'loading' && <Waiting>{null}</Waiting>}
      {more === 'failed' && (
        <p className="thread-broken" role="status">
          {side === 'older' ? 'Earlier' : 'Later'} messages could not be fetched.
          <Button look="link" onPress={fetch}>
            Try again
          </Button>
        </p>
      )}
    </div>
  )
}

/** Calls when it comes near. */
function useSight(
  target: RefObject<HTMLElement | null>,
  root: RefObject<HTMLElement | null>,
  seen: () => void,
  enabled: boolean,
) {
  const latest = useRef(seen)
  latest.current = seen
  useEffect(() => {
    if (!enabled || target.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current()
      },
      { root: root.current, rootMargin: '800px 0px' },
    )
    observer.observe(target.current)
    return () => observer.disconnect()
  }, [enabled, target, root])
}

import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { mayFocus } from '../focus.ts'

/**
 * The keyboard follows to a screen that has just come: what had the focus went with the screen before. The first of
 * what `wanted` selects gets it, or else the screen's own top.
 */
export function useArrival<E extends HTMLElement>(wanted: string): RefObject<E | null> {
  const place = useRef<E>(null)

  useLayoutEffect(() => {
    const root = place.current?.getRootNode()
    const focused = root instanceof ShadowRoot ? root.activeElement : null
    const isFree = document.activeElement === document.body || focused?.classList.contains('panel')
    if (!isFree || !mayFocus()) return
    const target = place.current?.querySelector<HTMLElement>(wanted) ?? place.current
    target?.focus({ preventScroll: true })
  }, [wanted])

  return place
}

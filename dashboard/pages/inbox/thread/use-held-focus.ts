import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { Row } from '../../../../client/timeline.ts'

/** A message keeps the focus when it is drawn anew, because what came above it is of the same group. */
export function useHeldFocus(scroller: RefObject<HTMLElement | null>, rows: readonly Row[]) {
  const held = useRef<string>(undefined)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const onFocus = ({ target }: FocusEvent) => {
      held.current = target instanceof HTMLElement ? target.dataset.message : undefined
    }
    element.addEventListener('focusin', onFocus)
    return () => element.removeEventListener('focusin', onFocus)
  }, [scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are what is drawn
  useLayoutEffect(() => {
    if (scroller.current === null || held.current === undefined || document.activeElement !== document.body) return
    findMessage(scroller.current, held.current)?.focus({ preventScroll: true })
  }, [scroller, rows])
}

export function findMessage(scroller: HTMLElement, message: string): HTMLElement | null {
  return scroller.querySelector(`[data-message="${CSS.escape(message)}"]`)
}

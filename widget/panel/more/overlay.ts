import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Chat } from '../chat.ts'

/** What opens over the screen takes the keyboard, goes when anything else is touched, and gives the keyboard back. */
export function useOverlay(chat: Chat): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const element = place.current
    const root = element?.getRootNode()
    if (!element || !(root instanceof ShadowRoot)) return
    const opener = element.closest('.options')
    const look = (event: Event) => {
      if (!(opener && event.composedPath().includes(opener))) chat.aside.set(undefined)
    }
    element.querySelector('button')?.focus({ preventScroll: true })
    document.addEventListener('pointerdown', look, true)
    return () => {
      document.removeEventListener('pointerdown', look, true)
      // Gone with the element, which may have left the document already.
      const isLost = document.activeElement === document.body || element.contains(root.activeElement)
      if (isLost) opener?.querySelector('button')?.focus({ preventScroll: true })
    }
  }, [chat])

  return place
}

/** The button that has the focus, and its neighbours. */
export function buttonsIn(place: HTMLElement | null): { all: HTMLButtonElement[]; present: number } {
  const all = [...(place?.querySelectorAll('button') ?? [])]
  return { all, present: all.findIndex((one) => one.matches(':focus')) }
}

/** Where the keyboard is: it goes in when a person opens the chat, and back where it came from (WG5). */
export function focusInside(panel: HTMLElement | null): void {
  if (!isByHand()) return
  const field = mayFocus() ? panel?.querySelector<HTMLElement>('textarea, input') : undefined
  const target = field ?? panel
  target?.focus({ preventScroll: true })
}

export function focusLauncher(panel: HTMLElement | null): void {
  const root = panel?.getRootNode()
  const isInside = root instanceof ShadowRoot && panel?.contains(root.activeElement)
  if (isInside) root.querySelector<HTMLElement>('.launcher')?.focus({ preventScroll: true })
}

/** A finger has no use for a keyboard that covers half of what it came to read. */
export function mayFocus(): boolean {
  return isByHand() && !matchMedia('(pointer: coarse)').matches
}

/** A chat that opens by itself leaves the keyboard to the page. */
function isByHand(): boolean {
  return navigator.userActivation?.isActive ?? true
}

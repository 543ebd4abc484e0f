/** What the visitor has before his eyes in a list that changes above it: its lower end, because a heading may leave it. */
export interface Anchor {
  key: string
  bottom: number
}

export function findAnchor(view: HTMLElement): Anchor | undefined {
  const edge = view.getBoundingClientRect().top
  for (const row of rowsOf(view)) {
    const { bottom } = row.getBoundingClientRect()
    if (bottom > edge) return { key: row.dataset.key ?? '', bottom: bottom - edge }
  }
  return undefined
}

/** Nothing that comes or goes above may move what is being read. */
export function keepAnchor(view: HTMLElement, anchor: Anchor): void {
  const row = rowsOf(view).find(({ dataset }) => dataset.key === anchor.key)
  if (!row) return
  const moved = row.getBoundingClientRect().bottom - view.getBoundingClientRect().top - anchor.bottom
  if (moved) view.scrollTop += moved
}

function rowsOf(view: HTMLElement): HTMLElement[] {
  return [...view.querySelectorAll<HTMLElement>('[data-key]')]
}

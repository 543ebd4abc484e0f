/** What the visitor has before his eyes in a list that changes above it, and how far it is from the top. */
export interface Anchor {
  key: string
  top: number
}

export function findAnchor(view: HTMLElement): Anchor | undefined {
  const edge = view.getBoundingClientRect().top
  for (const row of rowsOf(view)) {
    const { top, bottom } = row.getBoundingClientRect()
    if (bottom > edge) return { key: row.dataset.key ?? '', top: top - edge }
  }
  return undefined
}

/** Nothing that comes or goes above may move what is being read. */
export function keepAnchor(view: HTMLElement, anchor: Anchor): void {
  const row = rowsOf(view).find(({ dataset }) => dataset.key === anchor.key)
  if (!row) return
  const moved = row.getBoundingClientRect().top - view.getBoundingClientRect().top - anchor.top
  if (moved) view.scrollTop += moved
}

function rowsOf(view: HTMLElement): HTMLElement[] {
  return [...view.querySelectorAll<HTMLElement>('[data-key]')]
}

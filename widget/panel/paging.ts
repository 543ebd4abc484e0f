import type { Row } from '../../client/timeline.ts'
import { type Anchor, findAnchor, keepAnchor } from './anchor.ts'
import type { Chat } from './chat.ts'
import { edgesOf, further, nearer, type Span } from './span.ts'

/** Fetched for conversations that are longer than a screen or two: draws a part of them, and more as the visitor reads. */
export interface Paging {
  /** Of what is about to be drawn; looks where the visitor is before anything changes. */
  edges(rows: readonly Row[]): [start: number, end: number]
  /** After the drawing: what was being read is where it was. */
  settle(): void
  scrolled(): void
}

/** Earlier messages are fetched before the visitor has read up to them. */
const aheadPx = 600

export function createPaging(view: HTMLElement, chat: Chat, redraw: () => void): Paging {
  let span: Span = {}
  let anchor: Anchor | undefined

  function show(next: Span): void {
    span = next
    redraw()
  }

  async function goFurther(): Promise<void> {
    const [start] = edgesOf(chat.rows.get(), span)
    const first = chat.rows.get()[start]?.key
    if (start === 0 && chat.hasEarlier.get()) await chat.loadEarlier()
    const [place] = edgesOf(chat.rows.get(), span)
    if (place > 0 || chat.rows.get()[0]?.key !== first) show(further(chat.rows.get(), span))
  }

  return {
    edges(rows) {
      // Not when it scrolled: a page may arrive between a scroll and its event.
      anchor = findAnchor(view)
      return edgesOf(rows, span)
    },
    settle() {
      if (anchor) keepAnchor(view, anchor)
    },
    scrolled() {
      const rows = chat.rows.get()
      const isCut = edgesOf(rows, span)[1] < rows.length
      const below = view.scrollHeight - view.scrollTop - view.clientHeight
      if (isCut && below < aheadPx) show(nearer(rows, span))
      else if (view.scrollTop < aheadPx) void goFurther()
    },
  }
}

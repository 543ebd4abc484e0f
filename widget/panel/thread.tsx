/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Row } from '../../client/timeline.ts'
import { Announcer } from './announcer.tsx'
import { useSurroundings } from './app.tsx'
import { Bubble } from './bubble.tsx'
import { dayName, localeOf, placeRows } from './groups.ts'
import { hasButtons, isRowHidden } from './message-attributes.ts'
import type { Paging } from './paging.ts'
import { Part } from './part.tsx'
import { useAtom } from './use-atom.ts'

const nearPx = 60
/** As many are drawn before the code is there that draws parts. */
const most = 120

/** The conversation, its end in view unless the visitor reads further up. Of a long one only a part is drawn. */
export function Thread({ rows }: { rows: readonly Row[] }) {
  const { core, chat } = useSurroundings()
  const isOpen = useAtom(core.isOpen)
  const hasEarlier = useAtom(chat.hasEarlier)
  const conversation = useAtom(chat.conversation)
  const typist = useAtom(chat.typing)
  const hours = useAtom(core.project)?.hours
  const view = useRef<HTMLDivElement>(null)
  const paging = useRef<Paging | undefined>(undefined)
  const [isAtEnd, setAtEnd] = useState(true)
  const [, redraw] = useState(0)
  const isLong = hasEarlier || rows.length > most
  const [start, end] = paging.current?.edges(rows) ?? [Math.max(0, rows.length - most), rows.length]
  const newest = rows.at(-1)
  const { startMessage } = core.settings
  const locale = localeOf(core.settings.lang)
  const isShown = (row: Row) => !isRowHidden(row)

  useLayoutEffect(() => {
    const element = view.current
    if (!element || !isOpen) return
    if (isAtEnd || newest?.state === 'pending') element.scrollTo(0, element.scrollHeight)
    else paging.current?.settle()
  })

  // Parts are drawn late, and what stands around the thread grows: none of it may cover its end.
  useEffect(() => {
    const element = view.current
    if (!(isAtEnd && isOpen && element?.firstElementChild)) return
    const observer = new ResizeObserver(() => element.scrollTo(0, element.scrollHeight))
    observer.observe(element)
    observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [isAtEnd, isOpen])

  useEffect(() => {
    const again = () => redraw((count) => count + 1)
    const begin = (module: typeof import('./paging.ts')) => {
      if (view.current) paging.current = module.createPaging(view.current, chat, again)
      again()
    }
    if (isLong && !paging.current) import('./paging.ts').then(begin, core.events.report)
  }, [core, chat, isLong])

  useEffect(() => {
    const look = () => {
      if (isOpen && isAtEnd && document.visibilityState === 'visible') chat.seen()
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  })

  function onScroll() {
    const element = view.current
    if (!element) return
    const below = element.scrollHeight - element.scrollTop - element.clientHeight
    setAtEnd(end === rows.length && below < nearPx)
    paging.current?.scrolled()
  }

  return (
    <div class="middle">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div ref={view} class="thread" role="log" aria-live="off" tabIndex={0} onScroll={onScroll}>
        <div>
          {startMessage && !rows.length && (
            <div class="row first message">
              <p class="bubble theirs" dir="auto">
                {startMessage}
              </p>
            </div>
          )}
          {placeRows(rows.slice(start, end).filter(isShown)).map((one) => (
            <div key={one.row.key} data-key={one.row.key} class={one.startsGroup ? 'row first' : 'row'}>
              {one.startsDay && <h2 class="day">{dayName(one.at, locale)}</h2>}
              <Bubble one={one} isLast={one.row === newest} readUpTo={conversation?.agentReadSeq ?? 0} />
            </div>
          ))}
          {hours?.message && <p class="system away">{hours.message}</p>}
          {hasButtons(newest) && <Part key={`buttons ${newest?.key}`} name="buttons" isAside />}
          {conversation?.state === 'resolved' && <Part key="ended" name="ended" isAside />}
          {typist !== undefined && <Part name="typist" isAside />}
        </div>
      </div>
      {!isAtEnd && <Part name="toEnd" isAside />}
      <Announcer rows={rows.filter(isShown)} />
    </div>
  )
}

/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Row } from '../../client/timeline.ts'
import { Announcer } from './announcer.tsx'
import { useSurroundings } from './app.tsx'
import { Bubble } from './bubble.tsx'
import { dayName, localeOf, placeRows } from './groups.ts'
import { Icon } from './icons.tsx'
import { useAtom } from './use-atom.ts'

const nearPx = 60

/** The conversation, its end in view unless the visitor reads further up. */
export function Thread({ rows }: { rows: readonly Row[] }) {
  const { core, chat, texts } = useSurroundings()
  const isOpen = useAtom(core.isOpen)
  const hasEarlier = useAtom(chat.hasEarlier)
  const typing = useAtom(chat.typing)
  const conversation = useAtom(chat.conversation)
  const view = useRef<HTMLDivElement>(null)
  const first = useRef<{ key: string | undefined; height: number }>({ key: undefined, height: 0 })
  const [isAtEnd, setAtEnd] = useState(true)
  const placed = placeRows(rows)

  useLayoutEffect(() => {
    const element = view.current
    if (!element || !isOpen) return
    const grewAbove = first.current.key !== undefined && first.current.key !== rows[0]?.key
    if (isAtEnd || rows.at(-1)?.state === 'pending') element.scrollTop = element.scrollHeight
    else if (grewAbove) element.scrollTop += element.scrollHeight - first.current.height
    first.current = { key: rows[0]?.key, height: element.scrollHeight }
  })

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
    setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < nearPx)
    if (hasEarlier && element.scrollTop < nearPx) void chat.loadEarlier()
  }

  function toEnd() {
    view.current?.scrollTo({ top: view.current.scrollHeight })
  }

  return (
    <div class="middle">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div ref={view} class="thread" role="log" aria-live="off" tabIndex={0} onScroll={onScroll}>
        {hasEarlier && (
          <button type="button" class="earlier" onClick={() => void chat.loadEarlier()}>
            {texts.earlier}
          </button>
        )}
        {placed.map((one) => (
          <div key={one.row.key} class={one.startsGroup ? 'row first' : 'row'}>
            {one.startsDay && <h2 class="day">{dayName(one.at, localeOf(core.settings.lang))}</h2>}
            <Bubble one={one} isLast={one === placed.at(-1)} readUpTo={conversation?.agentReadSeq ?? 0} />
          </div>
        ))}
        {conversation?.state === 'resolved' && <p class="system">{texts.closed}</p>}
        {typing !== undefined && (
          <div class="row first typing">
            <span class="hidden">{texts.typing(typing || texts.team)}</span>
            <span class="bubble theirs dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
          </div>
        )}
      </div>
      {!isAtEnd && (
        <button type="button" class="to-end" aria-label={texts.newer} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
      <Announcer rows={rows} />
    </div>
  )
}

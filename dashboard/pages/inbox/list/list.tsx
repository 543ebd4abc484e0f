import { useStore } from '@nanostores/react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { Conversation } from '../../../../protocol/records.ts'
import { Button } from '../../../parts/button.tsx'
import { Bone, Waiting } from '../../../parts/skeleton.tsx'
import { keyOf, type Progress } from '../../../stores/pages.ts'
import type { View } from '../../../stores/view.ts'
import { useHere } from '../../workspace-context.ts'
import { EmptyList } from './empty-list.tsx'
import { Row, rowHeight } from './row.tsx'

interface ListProps {
  view: View
  shown: Conversation[]
  /** Nothing at all is known, in whichever view. */
  isEmpty: boolean
  selected: string | undefined
  home: string
}

export function List({ view, shown, isEmpty, selected, home }: ListProps) {
  const { pages } = useHere().workspace
  const progress = useStore(pages.progress)[keyOf(view)]
  useEffect(() => pages.open(view), [pages, view])
  if (shown.length > 0) {
    return <Rows key={keyOf(view)} view={view} shown={shown} progress={progress} selected={selected} home={home} />
  }
  if (progress?.phase === 'failed') return <Failed retry={() => pages.open({ ...view })} />
  if (progress?.phase === 'ready') return <EmptyList view={view} isEmpty={isEmpty} />
  return <Waiting>{Array.from({ length: 8 }, (_, place) => place).map(skeletonRow)}</Waiting>
}

function Rows({
  view,
  shown,
  progress,
  selected,
  home,
}: Omit<ListProps, 'isEmpty'> & { progress: Progress | undefined }) {
  const { pages, agent } = useHere().workspace
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  const place = shown.findIndex((conversation) => conversation.id === selected)

  useEffect(() => {
    if (lastShown >= shown.length - 10 && progress?.phase === 'ready') pages.more(view)
  }, [lastShown, shown.length, progress?.phase, pages, view])
  // Only a new selection scrolls; a row that moves by itself does not take the list along.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' })
    // Whoever walks the list by keys takes the focus along.
    if (!scroller.current?.contains(document.activeElement)) return
    const frame = requestAnimationFrame(() => focusSelected(scroller.current))
    return () => cancelAnimationFrame(frame)
  }, [selected])

  return (
    <div ref={scroller} className="list">
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by the virtualizer, which a ul would not allow axe to see */}
      <div role="list" aria-label="Conversations" className="list-rows" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const conversation = shown[index]
          if (conversation === undefined) return null
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            <div
              key={key}
              role="listitem"
              aria-setsize={progress?.nextPage === null ? shown.length : -1}
              aria-posinset={index + 1}
              className="list-place"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row
                conversation={conversation}
                href={`${home}/${conversation.id}`}
                isSelected={index === place}
                me={agent.id}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function focusSelected(list: HTMLElement | null) {
  const row = list?.querySelector('[aria-current]')
  if (row instanceof HTMLElement) row.focus({ preventScroll: true })
}

function Failed({ retry }: { retry: () => void }) {
  return (
    <div className="list-note">
      <p>The conversations could not be fetched.</p>
      <Button size="small" onPress={retry}>
        Try again
      </Button>
    </div>
  )
}

function skeletonRow(place: number) {
  return (
    <div key={place} className="row row-skeleton">
      <Bone width={32} height={32} round />
      <span className="row-main">
        <Bone width={`${40 + ((place * 17) % 35)}%`} />
        <Bone width={`${55 + ((place * 23) % 40)}%`} height={10} />
      </span>
    </div>
  )
}

import { useStore } from '@nanostores/react'
import { useEffect, useMemo, useRef } from 'react'
import type { Conversation } from '../../../../protocol/records.ts'
import { Button } from '../../../parts/button.tsx'
import { itemsOf } from '../../../parts/groups.ts'
import { Icon } from '../../../parts/icon.tsx'
import { Waiting } from '../../../parts/skeleton.tsx'
import { useHere } from '../../workspace-context.ts'
import { Announcer } from './announcer.tsx'
import { entryOf } from './entry.ts'
import { ThreadItem } from './thread-item.tsx'
import { ThreadSkeleton } from './thread-skeleton.tsx'
import { TypingLine } from './typing-line.tsx'
import { useThreadScroll } from './use-thread-scroll.ts'
import '../../../styles/thread.css'

export function Thread({ conversation }: { conversation: Conversation }) {
  const { threads, agent, epoch } = useHere().workspace
  const thread = threads.of(conversation.id)
  const rows = useStore(thread.rows)
  const { phase, older } = useStore(thread.state)
  const round = useStore(epoch)
  const top = useRef<HTMLDivElement>(null)
  const { scroller, isAway, toEnd } = useThreadScroll(rows)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new epoch may have spoiled what is shown
  useEffect(() => threads.open(conversation.id), [threads, conversation.id, round])
  useSight(top, scroller, () => threads.loadOlder(conversation.id), older === 'some')
  const identified = conversation.visitor.externalId !== null
  const items = useMemo(
    () =>
      itemsOf(
        rows.map((row) => entryOf(row, agent)),
        identified,
      ),
    [rows, agent, identified],
  )

  if (rows.length === 0) {
    if (phase === 'failed') return <Failed retry={() => threads.open(conversation.id)} />
    return (
      <div className="thread">
        {phase !== 'ready' && (
          <Waiting>
            <ThreadSkeleton />
          </Waiting>
        )}
      </div>
    )
  }
  return (
    <div className="thread-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div ref={scroller} className="thread" data-scrolls tabIndex={0} role="log" aria-live="off" aria-label="Messages">
        <div className="thread-items">
          <div ref={top} className="thread-top">
            {older === 'loading' && <Waiting>{null}</Waiting>}
          </div>
          {items.map((item) => (
            <ThreadItem key={item.key} item={item} conversation={conversation} />
          ))}
          <TypingLine conversation={conversation} />
        </div>
      </div>
      {isAway && (
        <button type="button" className="thread-down" onClick={toEnd}>
          <Icon name="down" size={16} />
          Latest
        </button>
      )}
      <Announcer rows={rows} />
    </div>
  )
}

/** Calls when the top of the history comes near. */
function useSight(
  target: React.RefObject<HTMLElement | null>,
  root: React.RefObject<HTMLElement | null>,
  seen: () => void,
  enabled: boolean,
) {
  const latest = useRef(seen)
  latest.current = seen
  useEffect(() => {
    if (!enabled || target.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current()
      },
      { root: root.current, rootMargin: '800px 0px 0px 0px' },
    )
    observer.observe(target.current)
    return () => observer.disconnect()
  }, [enabled, target, root])
}

function Failed({ retry }: { retry: () => void }) {
  return (
    <div className="thread thread-failed">
      <p>The messages could not be fetched.</p>
      <Button size="small" onPress={retry}>
        Try again
      </Button>
    </div>
  )
}

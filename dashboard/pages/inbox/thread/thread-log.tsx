import { useStore } from '@nanostores/react'
import { memo, useMemo, useState } from 'react'
import type { Row } from '../../../../client/timeline.ts'
import type { Conversation } from '../../../../protocol/records.ts'
import { lineOf } from '../../../parts/file-words.ts'
import { itemsOf } from '../../../parts/groups.ts'
import { Icon } from '../../../parts/icon.tsx'
import { type More, type Past, storedIn } from '../../../stores/past.ts'
import type { Thread } from '../../../stores/threads.ts'
import { useHere } from '../../workspace-context.ts'
import { entryOf } from './entry.ts'
import { MarkedContext } from './marked-context.ts'
import { ThreadEnd } from './thread-end.tsx'
import { ThreadItem } from './thread-item.tsx'
import { TypingLine } from './typing-line.tsx'
import { useMark } from './use-goal.ts'
import { useThreadScroll } from './use-thread-scroll.ts'

interface ThreadLogProps {
  conversation: Conversation
  rows: readonly Row[]
  past: Past | undefined
  onLatest: () => void
}

/** The messages that are shown: the present, or a stretch of the past. */
export function ThreadLog({ conversation, rows, past, onLatest }: ThreadLogProps) {
  const { threads } = useHere().workspace
  const { id } = conversation
  const thread = threads.of(id)
  const { older, newer = 'none' }: Ends = useStore((past ?? thread).state)
  const goal = useStore(thread.goal)
  const { scroller, isAway, toEnd } = useThreadScroll({ rows, goal, isPast: past !== undefined })
  const found = storedIn(rows).find((message) => message.id === goal?.message)
  const marked = useMark(goal, found !== undefined)
  function toLatest() {
    toEnd()
    onLatest()
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div ref={scroller} className="thread" data-scrolls tabIndex={0} role="log" aria-live="off" aria-label="Messages">
        <div className="thread-items">
          <ThreadEnd
            side="older"
            more={older}
            waits={newer === 'loading'}
            {...{ scroller }}
            fetch={() => threads.loadOlder(id)}
          />
          <MarkedContext value={marked}>
            <Items rows={rows} conversation={conversation} />
          </MarkedContext>
          {past ? (
            <ThreadEnd
              side="newer"
              more={newer}
              waits={older === 'loading'}
              {...{ scroller }}
              fetch={() => threads.loadNewer(id)}
            />
          ) : (
            <TypingLine conversation={conversation} />
          )}
        </div>
      </div>
      {isAway && <Latest rows={thread.rows} onPress={toLatest} />}
      <p className="visually-hidden" role="status">
        {marked && found && `Found: ${lineOf(found)}`}
      </p>
    </>
  )
}

interface Ends {
  older: More
  newer?: More
}

const Items = memo(function Items({ rows, conversation }: Pick<ThreadLogProps, 'rows' | 'conversation'>) {
  const { agent } = useHere().workspace
  const identified = conversation.visitor.externalId !== null
  const items = useMemo(
    () =>
      itemsOf(
        rows.map((row) => entryOf(row, agent)),
        identified,
      ),
    [rows, agent, identified],
  )
  return items.map((item) => <ThreadItem key={item.key} item={item} conversation={conversation} />)
})

/** The way back from further up. It says so when something has come meanwhile. */
function Latest({ rows, onPress }: { rows: Thread['rows']; onPress: () => void }) {
  const last = storedIn(useStore(rows)).at(-1)?.id
  const [first, setFirst] = useState(last)
  if (first === undefined && last !== undefined) setFirst(last)
  return (
    <button type="button" className="thread-down" onClick={onPress}>
      <Icon name="down" size={16} />
      {first === last ? 'Latest' : 'New messages'}
    </button>
  )
}

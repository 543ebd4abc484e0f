import { useStore } from '@nanostores/react'
import { useEffect } from 'react'
import type { Conversation } from '../../../../protocol/records.ts'
import { Button } from '../../../parts/button.tsx'
import { Waiting } from '../../../parts/skeleton.tsx'
import { useHere } from '../../workspace-context.ts'
import { Announcer } from './announcer.tsx'
import { ThreadLog } from './thread-log.tsx'
import { ThreadSkeleton } from './thread-skeleton.tsx'
import { useGoalOfAddress } from './use-goal.ts'
import '../../../styles/thread.css'

interface ThreadProps {
  conversation: Conversation
  /** The one to be shown; none: the latest. */
  message: string | undefined
  onLatest: () => void
}

export function Thread({ conversation, message, onLatest }: ThreadProps) {
  const { threads, epoch } = useHere().workspace
  const { id } = conversation
  const thread = threads.of(id)
  const past = useStore(thread.past)
  const present = useStore(thread.rows)
  const rows = useStore((past ?? thread).rows)
  const { phase } = useStore((past ?? thread).state)
  const round = useStore(epoch)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new epoch may have spoiled what is shown
  useEffect(() => threads.open(id), [threads, id, round])
  useGoalOfAddress(threads, id, message)

  if (rows.length > 0) {
    return (
      <div className="thread-frame">
        <ThreadLog conversation={conversation} rows={rows} past={past} onLatest={onLatest} />
        {present.length > 0 && <Announcer rows={present} />}
      </div>
    )
  }
  if (phase === 'missing') return <Missing onLatest={onLatest} />
  if (phase === 'failed') {
    return <Failed retry={() => (past && message ? threads.goTo(id, message) : threads.open(id))} />
  }
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

function Missing({ onLatest }: { onLatest: () => void }) {
  return (
    <div className="thread thread-failed">
      <p>This message is not there any more.</p>
      <Button size="small" onPress={onLatest}>
        Go to the latest
      </Button>
    </div>
  )
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

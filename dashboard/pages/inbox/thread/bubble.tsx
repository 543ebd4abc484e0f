import { useStore } from '@nanostores/react'
import { useContext } from 'react'
import { Button } from '../../../parts/button.tsx'
import type { Entry } from '../../../parts/groups.ts'
import { RichText } from '../../../parts/rich-text.tsx'
import { clock, dayAndClock } from '../../../parts/time.ts'
import { $now } from '../../../stores/now.ts'
import { withoutFiles } from '../../../stores/without-files.ts'
import { useHere } from '../../workspace-context.ts'
import { Files } from '../files/files.tsx'
import { MarkedContext } from './marked-context.ts'

interface BubbleProps {
  entry: Entry
  author: string
  /** How a visitor who wrote it was verified then. */
  proof?: string | undefined
}

export function Bubble({ entry, author, proof }: BubbleProps) {
  const { message, delivery, reason, files } = entry
  const now = useStore($now)
  const isMarked = useContext(MarkedContext) === message.id
  return (
    <article
      className="bubble-line"
      data-delivery={delivery}
      data-message={message.id}
      data-marked={isMarked || undefined}
      tabIndex={-1}
      aria-label={[author, dayAndClock(message.createdAt, now), proof].filter(Boolean).join(', ')}
    >
      {message.text !== '' && (
        <div className="bubble" dir="auto">
          <RichText text={message.text} />
        </div>
      )}
      {files.length > 0 && <Files files={files} />}
      <time className="bubble-time" dateTime={new Date(message.createdAt).toISOString()}>
        {clock(message.createdAt)}
      </time>
      {delivery === 'pending' && <span className="visually-hidden">Not sent yet</span>}
      {delivery === 'failed' && <Refused clientId={message.clientId} reason={reason ?? 'It was refused.'} />}
    </article>
  )
}

function Refused({ clientId, reason }: { clientId: string; reason: string }) {
  const { outbox } = useHere().workspace
  const entry = useStore(outbox.entries).find((each) => each.clientId === clientId)
  const rest = entry && withoutFiles(entry)
  return (
    <p className="refused" role="alert">
      <span>Not sent. {reason}</span>
      <span className="refused-acts">
        <Button look="link" onPress={() => outbox.retry(clientId)}>
          Try again
        </Button>
        <span aria-hidden="true">·</span>
        {rest && (
          <>
            <Button look="link" onPress={() => outbox.amend(rest)}>
              Send without it
            </Button>
            <span aria-hidden="true">·</span>
          </>
        )}
        <Button look="link" onPress={() => outbox.remove(clientId)}>
          Delete
        </Button>
      </span>
    </p>
  )
}

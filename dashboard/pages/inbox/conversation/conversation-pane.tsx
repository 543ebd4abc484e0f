import { useStore } from '@nanostores/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Conversation } from '../../../../protocol/records.ts'
import { Button } from '../../../parts/button.tsx'
import { Waiting } from '../../../parts/skeleton.tsx'
import { api, codeOf, sentenceFor } from '../../../stores/api.ts'
import type { Mode } from '../../../stores/drafts.ts'
import { isAgents } from '../../../stores/inbox.ts'
import { useHere } from '../../workspace-context.ts'
import { ConnectionNotice } from '../connection-notice.tsx'
import { DropZone } from '../files/drop-zone.tsx'
import { LookingGlass } from '../files/looking-glass.tsx'
import { useChoosing } from '../files/use-choosing.ts'
import { Thread } from '../thread/thread.tsx'
import { ThreadSkeleton } from '../thread/thread-skeleton.tsx'
import { useKeys } from '../use-inbox-keys.ts'
import { Composer } from './composer.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import { Details } from './details.tsx'
import { LeftBehind } from './left-behind.tsx'
import { outOfSight } from './not-changed.ts'
import { useReadMark } from './use-read-mark.ts'
import '../../../styles/pane.css'

interface PaneProps {
  conversationId: string
  /** The one to be shown; none: the latest. */
  message: string | undefined
  onLatest: () => void
  detailsOpen: boolean
  onDetails: (open: boolean) => void
  onBack: () => void
}

export function ConversationPane(props: PaneProps) {
  const { inbox, epoch } = useHere().workspace
  const { conversationId, onBack } = props
  const conversation = useStore(inbox.conversations).get(conversationId)
  const round = useStore(epoch)
  // The list brings most of them; what was opened by its address, or lies further down, is fetched by itself.
  const { error } = useQuery({
    queryKey: ['conversation', conversationId, round],
    queryFn: () => fetchConversation(conversationId, inbox.receive),
    enabled: conversation === undefined,
    retry: false,
    gcTime: 0,
  })
  if (conversation) return <Pane {...props} conversation={conversation} />
  if (error) {
    const sentence = codeOf(error) === 'not_found' ? outOfSight : sentenceFor(error)
    return <Missing {...{ conversationId, onBack, sentence }} />
  }
  return (
    <section className="pane">
      <Waiting>
        <ThreadSkeleton />
      </Waiting>
    </section>
  )
}

async function fetchConversation(conversation: string, receive: (fresh: Conversation[]) => void) {
  const answer = await api('GET /conversations/:conversation', { params: { conversation } })
  if (isAgents(answer)) receive([answer])
  return answer.id
}

function Pane(props: PaneProps & { conversation: Conversation }) {
  const { conversation, message, onLatest, detailsOpen, onDetails, onBack } = props
  const [mode, setMode] = useState<Mode>('reply')
  const [focusAsked, setFocusAsked] = useState(0)
  const choose = useChoosing(conversation.id, mode)
  useReadMark(conversation)
  function drop(files: readonly File[]) {
    choose(files)
    setFocusAsked((count) => count + 1)
  }
  function write(next: Mode) {
    setMode(next)
    setFocusAsked((count) => count + 1)
  }
  useKeys((key) => {
    if (key === 'r') write('reply')
    else if (key === 'n') write('note')
    else return false
    return true
  })
  return (
    <section className="pane" data-details={detailsOpen || undefined} aria-label="Conversation">
      <ConversationHeader
        conversation={conversation}
        detailsOpen={detailsOpen}
        onDetails={() => onDetails(!detailsOpen)}
        onBack={onBack}
      />
      <DropZone
        className="pane-talk"
        words={mode === 'note' ? 'Drop files to add them to your note' : 'Drop files to add them to your reply'}
        onDrop={drop}
      >
        <Thread conversation={conversation} message={message} onLatest={onLatest} />
        <div className="pane-notice">
          <ConnectionNotice />
        </div>
        <Composer conversation={conversation} mode={mode} onMode={write} onSent={onLatest} focusAsked={focusAsked} />
      </DropZone>
      <Details conversation={conversation} onClose={() => onDetails(false)} />
      <LookingGlass conversationId={conversation.id} />
    </section>
  )
}

interface MissingProps extends Pick<PaneProps, 'conversationId' | 'onBack'> {
  sentence: string
}

function Missing({ conversationId, sentence, onBack }: MissingProps) {
  return (
    <section className="pane pane-missing" aria-label="Conversation">
      <p>This conversation cannot be shown. {sentence}</p>
      <LeftBehind conversationId={conversationId} />
      <Button onPress={onBack}>Back to the list</Button>
    </section>
  )
}

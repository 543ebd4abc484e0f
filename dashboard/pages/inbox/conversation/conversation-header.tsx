import { useStore } from '@nanostores/react'
import type { Conversation } from '../../../../protocol/records.ts'
import { PresenceDot, VisitorFace } from '../../../parts/avatar.tsx'
import { Button, IconButton } from '../../../parts/button.tsx'
import { VisitorName } from '../../../parts/person-name.tsx'
import { standingSentence, standingWords } from '../../../parts/standing.ts'
import { $now } from '../../../stores/now.ts'
import { useKeys } from '../use-inbox-keys.ts'
import { AssignMenu } from './assign-menu.tsx'
import { MoreMenu } from './more-menu.tsx'
import { type Change, useChange } from './use-change.ts'
import '../../../styles/conversation-header.css'

interface HeaderProps {
  conversation: Conversation
  detailsOpen: boolean
  onDetails: () => void
  onBack: () => void
}

export function ConversationHeader({ conversation, detailsOpen, onDetails, onBack }: HeaderProps) {
  const { visitor } = conversation
  const now = useStore($now)
  const change = useChange(conversation)
  return (
    <header className="talk-head">
      <span className="talk-back">
        <IconButton icon="back" label="Back to the list" onPress={onBack} />
      </span>
      <VisitorFace visitor={visitor} />
      <div className="talk-who">
        <h2>
          <span className="talk-name">
            <VisitorName visitor={visitor} />
          </span>
          <PresenceDot online={visitor.online} />
          {visitor.banned && <span className="banned-mark">banned</span>}
        </h2>
        <p data-warn={visitor.notVerifiedAs !== null || undefined} title={standingSentence(visitor, now)}>
          <bdi className="talk-standing">{standingSentence(visitor, now)}</bdi>
          <span className="talk-standing-short">{standingWords(visitor, now)}</span>
        </p>
      </div>
      <div className="talk-acts">
        <AssignMenu conversation={conversation} assign={change.assign} />
        <StateButtons conversation={conversation} setState={change.setState} />
        <MoreMenu conversation={conversation} setState={change.setState} />
        <span className="talk-details">
          <IconButton icon="panel" label="Details" pressed={detailsOpen} onPress={onDetails} />
        </span>
      </div>
    </header>
  )
}

function StateButtons({
  conversation: { state },
  setState,
}: {
  conversation: Conversation
  setState: Change['setState']
}) {
  useKeys((key) => {
    if (key !== 'e') return false
    setState(state === 'resolved' ? 'open' : 'resolved')
    return true
  })
  return (
    <>
      {/* Where there is no room for it, it is in the menu. */}
      <span className="talk-snooze">
        {state === 'open' && <IconButton icon="clock" label="Snooze" onPress={() => setState('snoozed')} />}
        {state === 'snoozed' && <IconButton icon="reopen" label="Wake up" onPress={() => setState('open')} />}
      </span>
      {state === 'resolved' ? (
        <Button icon="reopen" size="small" onPress={() => setState('open')}>
          Reopen
        </Button>
      ) : (
        <Button icon="check" size="small" onPress={() => setState('resolved')}>
          Resolve
        </Button>
      )}
    </>
  )
}

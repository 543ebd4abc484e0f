import { useStore } from '@nanostores/react'
import { memo, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Conversation, Message, Visitor } from '../../../../protocol/records.ts'
import { AgentFace, PresenceDot, VisitorFace } from '../../../parts/avatar.tsx'
import { cleanName } from '../../../parts/clean-name.ts'
import { lineOf } from '../../../parts/file-words.ts'
import { Icon } from '../../../parts/icon.tsx'
import { VisitorName } from '../../../parts/person-name.tsx'
import { standingSentence } from '../../../parts/standing.ts'
import { dayAndClock, longSpan, minute, shortSpan } from '../../../parts/time.ts'
import { $now } from '../../../stores/now.ts'
import { isUnread } from '../../../stores/view.ts'
import { useTypist } from '../use-typist.ts'
import '../../../styles/ban.css'
import '../../../styles/row.css'

export const rowHeight = 64
/** From here on a waiting time is a warning. */
const longWaitMs = 15 * minute

interface RowProps {
  conversation: Conversation
  href: string
  isSelected: boolean
  me: string
  /** In the place of what was written last, and when that was. */
  line?: ReactNode
  at?: number
  onOpen?: () => void
}

export const Row = memo(function Row({ conversation, href, isSelected, me, line, at, onOpen }: RowProps) {
  const now = useStore($now)
  const { visitor, assignee, lastMessage } = conversation
  const unread = isUnread(conversation)
  const typist = useTypist(conversation.id)
  return (
    <Link
      to={href}
      className="row"
      aria-current={isSelected ? 'page' : undefined}
      data-unread={unread || undefined}
      onClick={onOpen}
    >
      <VisitorFace visitor={visitor} silent />
      <span className="row-main">
        <span className="row-line">
          <span className="row-name">
            <VisitorName visitor={visitor} />
          </span>
          <Mark visitor={visitor} />
          {visitor.online && <PresenceDot online />}
          <span className="visually-hidden">, {standingSentence(visitor, now)}, </span>
          {at === undefined ? <Since conversation={conversation} now={now} /> : <Time at={at} now={now} />}
        </span>
        <span className="row-line">
          <span className="row-text">
            {line ?? (typist?.kind === 'visitor' ? <em>Typing…</em> : <LastLine message={lastMessage} me={me} />)}
          </span>
          {unread && (
            <span className="row-dot">
              <span className="visually-hidden">, unread</span>
            </span>
          )}
          {assignee && <AgentFace id={assignee.id} name={assignee.name} size={18} />}
        </span>
      </span>
    </Link>
  )
})

/** A ban says it all. */
function Mark({ visitor: { banned, notVerifiedAs } }: { visitor: Visitor }) {
  if (banned) return <span className="banned-mark">banned</span>
  return notVerifiedAs === null ? null : <span className="row-warning">not verified</span>
}

function Since({ conversation: { waitingSince, lastActivityAt }, now }: { conversation: Conversation; now: number }) {
  if (waitingSince === null) return <Time at={lastActivityAt} now={now} />
  const span = longSpan(now - waitingSince)
  return (
    <time
      className="row-time row-waiting"
      data-long={now - waitingSince > longWaitMs || undefined}
      dateTime={new Date(waitingSince).toISOString()}
      title={`Waiting for ${span}`}
    >
      <Icon name="clock" size={12} />
      <span aria-hidden="true">{shortSpan(now - waitingSince)}</span>
      <span className="visually-hidden">waiting for {span}</span>
    </time>
  )
}

function Time({ at, now }: { at: number; now: number }) {
  return (
    <time className="row-time" dateTime={new Date(at).toISOString()} title={dayAndClock(at, now)}>
      {shortSpan(now - at)}
    </time>
  )
}

function LastLine({ message, me }: { message: Message | null; me: string }) {
  if (message === null) return <em>No message yet</em>
  const { kind, author } = message
  const text = lineOf(message).slice(0, 160)
  return (
    <>
      {kind === 'note' && <Icon name="lock" size={12} />}
      <By author={author} me={me} />
      {(message.attachments ?? []).length > 0 && <Icon name="clip" size={12} />}
      <bdi>{text}</bdi>
    </>
  )
}

/** Of what a visitor wrote it goes without saying. */
export function By({ author: { kind, id, name }, me }: { author: Message['author']; me: string }) {
  if (kind !== 'agent') return null
  return <span className="row-author">{id === me ? 'You' : <bdi>{firstName(name)}</bdi>}: </span>
}

function firstName(name: string | null): string {
  return cleanName(name)?.split(' ')[0] ?? 'Agent'
}

import { useStore } from '@nanostores/react'
import type { Conversation } from '../../../../protocol/records.ts'
import { VisitorFace } from '../../../parts/avatar.tsx'
import { cleanName } from '../../../parts/clean-name.ts'
import type { Entry, Item } from '../../../parts/groups.ts'
import { Icon } from '../../../parts/icon.tsx'
import { proofSentence, visitorName } from '../../../parts/standing.ts'
import { clock } from '../../../parts/time.ts'
import { $now } from '../../../stores/now.ts'
import { useHere } from '../../workspace-context.ts'
import { Bubble } from './bubble.tsx'

type Group = Extract<Item, { kind: 'group' }>

interface GroupProps {
  group: Group
  conversation: Conversation
}

/** What one person wrote in one go. */
export function MessageGroup({ group, conversation }: GroupProps) {
  const { side, entries, unverified } = group
  const now = useStore($now)
  const author = authorOf(group, conversation)
  const proof = side === 'visitor' ? proofSentence(entries[0].message, conversation.visitor, now) : undefined
  return (
    <section className={`group group-${side}`} data-unverified={unverified || undefined}>
      {side === 'visitor' && (
        <span className="group-face">
          <VisitorFace
            visitor={conversation.visitor}
            size={28}
            silent
            unsigned={unverified}
            {...(proof && { sentence: proof })}
          />
        </span>
      )}
      <div className="group-body">
        <Caption group={group} author={author} proof={proof} />
        {entries.map((entry) => (
          <Bubble key={entry.message.clientId} entry={entry} author={author} proof={proof} />
        ))}
        <Fate entry={lastOf(entries)} conversation={conversation} />
      </div>
    </section>
  )
}

/** Who wrote it, where that is not plain from the side it stands on. */
function Caption({ group, author, proof }: { group: Group; author: string; proof: string | undefined }) {
  const { agent } = useHere().workspace
  const { message } = group.entries[0]
  if (group.side === 'note') {
    return (
      <p className="group-caption">
        <Icon name="lock" size={12} />
        <span>
          <bdi>{author}</bdi>, a note for your team only
        </span>
        <time>{clock(message.createdAt)}</time>
      </p>
    )
  }
  if (group.unverified) return <p className="group-caption">{proof}</p>
  if (group.side === 'agent' && message.author.id !== agent.id) {
    return (
      <p className="group-caption">
        <bdi>{author}</bdi>
      </p>
    )
  }
  return null
}

/** How far one's last words have come. */
function Fate({ entry, conversation }: { entry: Entry; conversation: Conversation }) {
  const { message, delivery } = entry
  if (message.author.kind !== 'agent' || message.kind === 'note' || delivery !== 'sent') return null
  const isLast = message.seq === lastAgentSeq(conversation)
  if (!isLast || message.seq === null) return null
  return <p className="group-fate">{conversation.visitorReadSeq >= message.seq ? 'Seen' : 'Sent'}</p>
}

function lastAgentSeq({ lastMessage, lastSeq }: Conversation): number | undefined {
  return lastMessage?.author.kind === 'agent' ? lastSeq : undefined
}

function lastOf(entries: readonly [Entry, ...Entry[]]): Entry {
  return entries.at(-1) ?? entries[0]
}

function authorOf({ entries: [{ message }] }: Group, { visitor }: Conversation): string {
  return message.author.kind === 'visitor' ? visitorName(visitor) : (cleanName(message.author.name) ?? 'Agent')
}

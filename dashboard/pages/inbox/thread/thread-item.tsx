import { useStore } from '@nanostores/react'
import { memo } from 'react'
import type { Conversation } from '../../../../protocol/records.ts'
import type { Item } from '../../../parts/groups.ts'
import { RichText } from '../../../parts/rich-text.tsx'
import { clock, dayHeading } from '../../../parts/time.ts'
import { $now } from '../../../stores/now.ts'
import { MessageGroup } from './message-group.tsx'

interface ThreadItemProps {
  item: Item
  conversation: Conversation
}

export const ThreadItem = memo(function ThreadItem({ item, conversation }: ThreadItemProps) {
  if (item.kind === 'day') return <Day at={item.at} />
  if (item.kind === 'group') return <MessageGroup group={item} conversation={conversation} />
  return (
    <p className="system-line" title={clock(item.message.createdAt)}>
      <RichText text={item.message.text} />
    </p>
  )
})

function Day({ at }: { at: number }) {
  const now = useStore($now)
  return <h3 className="day">{dayHeading(at, now)}</h3>
}

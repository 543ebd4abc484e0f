/** @jsxImportSource preact */
import type { VisitorConversation } from '../../../protocol/records.ts'
import { useSurroundings } from '../app.tsx'
import { isUnread } from '../conversations.ts'
import { Face } from '../face.tsx'
import { localeOf } from '../groups.ts'
import { shownLast } from '../message-attributes.ts'
import { sinceName } from './since.ts'
import { lineOf } from './system.tsx'
import { useWords } from './words.ts'

/** A conversation in a list: with whom, what was said last, when, and whether there is something new. */
export function Card({ conversation }: { conversation: VisitorConversation }) {
  const { core, chat, texts } = useSurroundings()
  const words = useWords()
  const { department, state, lastActivityAt } = conversation
  const lastMessage = shownLast(conversation)
  const theirName = lastMessage?.author.kind === 'agent' ? lastMessage.author.name : null
  const name = theirName ?? department?.name ?? (core.settings.widgetTitle || core.project.get()?.name || texts.team)
  const isNew = isUnread(conversation)
  const mine = lastMessage?.author.kind === 'visitor' ? `${texts.you}: ` : ''
  return (
    <button
      type="button"
      class={isNew ? 'card new' : 'card'}
      data-conversation={conversation.id}
      onClick={() => chat.open(conversation.id)}
    >
      <Face name={name} />
      <span class="what">
        <bdi class="name">{name}</bdi>
        <span class="last" dir="auto">
          {mine}
          {lastMessage && lineOf(lastMessage, core.settings)}
        </span>
      </span>
      <span class="when">
        <time>{sinceName(lastActivityAt, localeOf(core.settings.lang))}</time>
        {isNew && (
          <span class="dot">
            <span class="hidden">{words.isNew}</span>
          </span>
        )}
        {state === 'resolved' && !isNew && <span>{words.isClosed}</span>}
      </span>
    </button>
  )
}

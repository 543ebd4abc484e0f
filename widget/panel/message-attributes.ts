import type { Row } from '../../client/timeline.ts'
import type { Message, VisitorConversation } from '../../protocol/records.ts'

/** Bots put buttons under their messages; only the newest one's are of use. */
export function hasButtons(row: Row | undefined): boolean {
  return Array.isArray(Object(attributesOf(row).attachment).buttons)
}

/** Bots take the composer away where they want one of their buttons pressed, and nothing else. */
export function isComposerOff(row: Row | undefined): boolean {
  const { disableInputMessage, hideTextReply } = attributesOf(row)
  return disableInputMessage === true || hideTextReply === true
}

/** What pages and bots say to each other beside the talk: `info`, or `private`. The server's own lines are shown. */
export function isHidden({ kind, attributes }: { kind?: string; attributes?: Record<string, unknown> }): boolean {
  return kind !== 'system' && /^(info|private)/.test(`${attributes?.subtype}`)
}

/** What was said last, if it may be read. */
export function shownLast({ lastMessage }: VisitorConversation): Message | null {
  return lastMessage && isHidden(lastMessage) ? null : lastMessage
}

export function isRowHidden(row: Row): boolean {
  return isHidden(row.state === 'sent' ? row.message : row.entry)
}

export function attributesOf(row: Row | undefined): Record<string, unknown> {
  return row?.state === 'sent' && row.message.author.kind !== 'visitor' ? row.message.attributes : {}
}

/** What the stand-in finds: whoever is called so, and whose messages have the very text. */
import type { Scene } from './scene.ts'

export function search({ talks }: Scene, text: string) {
  const meant = text.toLowerCase()
  const all = [...talks.values()].sort((a, b) => b.conversation.lastActivityAt - a.conversation.lastActivityAt)
  const named = all.filter(({ conversation: { visitor } }) =>
    [visitor.name, visitor.email].some((known) => known?.toLowerCase().includes(meant)),
  )
  const said = all
    .filter((talk) => !named.includes(talk))
    .flatMap(({ conversation, messages }) => {
      const message = messages.findLast((each) => each.text.toLowerCase().includes(meant))
      return message ? [{ conversation, message }] : []
    })
  const matches = said.map(({ conversation, message }) => {
    const from = message.text.toLowerCase().indexOf(meant)
    return {
      conversationId: conversation.id,
      messageId: message.id,
      kind: message.kind,
      author: message.author,
      createdAt: message.createdAt,
      excerpt: { text: message.text, ranges: [{ from, to: from + meant.length }] },
    }
  })
  return { conversations: [...named, ...said].map(({ conversation }) => conversation), matches, nextPage: null }
}

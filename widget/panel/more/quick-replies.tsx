/** @jsxImportSource preact */
import { useSurroundings } from '../app.tsx'
import { attributesOf } from '../message-attributes.ts'
import { useAtom } from '../use-atom.ts'
import { type QuickReply, quickRepliesOf } from './read-replies.ts'

/** The buttons of a bot's last message. Who has pressed one has answered, and they go. */
export function QuickReplies() {
  const { core, chat } = useSurroundings()
  const newest = useAtom(chat.rows).at(-1)
  const replies = quickRepliesOf(attributesOf(newest))

  function press(reply: QuickReply) {
    if (reply.type === 'text') chat.submit(reply.value)
    if (reply.type === 'action') {
      chat.submit(reply.value, { action: reply.action, ...(!reply.isShown && { subtype: 'info' }) })
    }
  }

  return (
    <div class="replies">
      {replies.map((reply) =>
        reply.type === 'url' ? (
          core.settings.openExternalLinkButton && (
            <a key={reply.value} href={reply.href} target={reply.target} rel="noopener noreferrer nofollow" dir="auto">
              {reply.value}
            </a>
          )
        ) : (
          <button key={reply.value} type="button" dir="auto" onClick={() => press(reply)}>
            {reply.value}
          </button>
        ),
      )}
    </div>
  )
}

/** @jsxImportSource preact */
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { Rating } from './rating.tsx'
import { saveTranscript } from './transcript.ts'
import { useWords } from './words.ts'

/** Under a conversation that is closed: what the visitor thought of it, and what he may do now. */
export function Ended() {
  const { core, chat, texts } = useSurroundings()
  const words = useWords()
  const conversation = useAtom(chat.conversation)
  const { nativeRating, allowReopen, allowTranscriptDownload, singleConversation } = core.settings
  if (conversation?.state !== 'resolved') return null
  return (
    <div class="ended">
      <p class="system">{allowReopen ? words.closedReopen : words.closed}</p>
      {nativeRating && <Rating key={conversation.id} conversation={conversation} />}
      <p class="actions">
        {allowTranscriptDownload && (
          <button type="button" class="quiet" onClick={() => void saveTranscript(core, conversation.id, texts, words)}>
            {words.transcript}
          </button>
        )}
        {!singleConversation && (
          <button type="button" class="quiet" onClick={chat.begin}>
            {words.newConversation}
          </button>
        )}
      </p>
    </div>
  )
}

/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks'
import { welcomeConversations } from '../../../protocol/limits.ts'
import type { VisitorConversation } from '../../../protocol/records.ts'
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { useArrival } from './arrival.ts'
import { Card } from './card.tsx'
import { useWords } from './words.ts'

/** Every conversation. More than the connection brought by itself come page by page. */
export function List() {
  const { core, chat } = useSurroundings()
  const words = useWords()
  const list = useAtom(chat.conversations.list)
  const [next, setNext] = useState<string | null | undefined>(undefined)
  const [isFailed, setFailed] = useState(false)
  const place = useArrival<HTMLDivElement>('.card')
  const mayBeMore = list.length >= welcomeConversations && next !== null

  async function load() {
    setFailed(false)
    const query = next ? { page: next } : {}
    try {
      const params = { project: core.settings.projectid }
      const page = await core.call('GET /projects/:project/conversations', { params, query })
      chat.conversations.put(...page.conversations.filter(isVisitors))
      setNext(page.nextPage)
    } catch (error) {
      core.events.report(error)
      setFailed(true)
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when somebody gets here
  useEffect(() => {
    if (mayBeMore) void load()
  }, [])

  return (
    <div ref={place} class="screen cards" tabIndex={-1}>
      {list.map((conversation) => (
        <Card key={conversation.id} conversation={conversation} />
      ))}
      {isFailed && (
        <p class="problem" role="alert">
          {words.failed}
        </p>
      )}
      {mayBeMore && (
        <button type="button" class="quiet" onClick={() => void load()}>
          {isFailed ? words.again : words.showMore}
        </button>
      )}
      <button type="button" class="primary" onClick={chat.begin}>
        {words.newConversation}
      </button>
    </div>
  )
}

function isVisitors(conversation: object): conversation is VisitorConversation {
  return !('projectId' in conversation)
}

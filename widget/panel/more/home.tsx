/** @jsxImportSource preact */
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { useArrival } from './arrival.ts'
import { Card } from './card.tsx'
import { OtherWays } from './other-ways.tsx'
import { useWords } from './words.ts'

const recent = 3

/** Where a visitor begins who has been here before. */
export function Home() {
  const { core, chat } = useSurroundings()
  const words = useWords()
  const list = useAtom(chat.conversations.list)
  const shown = chat.conversation.get()?.id
  const { logoChat } = core.settings
  const powered = core.settings.poweredBy.replace(/<[^>]*>/g, '').trim()
  const place = useArrival<HTMLDivElement>(shown ? `[data-conversation="${shown}"]` : '.card, .primary')
  return (
    <div ref={place} class="screen home" tabIndex={-1}>
      {/^https:/.test(logoChat) && <img class="logo" src={logoChat} alt="" referrerpolicy="no-referrer" />}
      {list.length > 0 && (
        <section class="cards" aria-labelledby="recent">
          <div class="row-of-two">
            <h2 id="recent">{words.recent}</h2>
            {list.length > recent && core.settings.showAllConversations && (
              <button type="button" class="link" onClick={() => chat.screen.set('list')}>
                {words.showAll}
              </button>
            )}
          </div>
          {list.slice(0, recent).map((conversation) => (
            <Card key={conversation.id} conversation={conversation} />
          ))}
        </section>
      )}
      <button type="button" class="primary" onClick={chat.begin}>
        {words.newConversation}
      </button>
      <OtherWays />
      {powered && <p class="system">{powered}</p>}
    </div>
  )
}

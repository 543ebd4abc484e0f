/** @jsxImportSource preact */
import { useSurroundings } from './app.tsx'
import { Face } from './face.tsx'
import { Icon } from './icons.tsx'
import { useAtom } from './use-atom.ts'

/** Who answers, and how fast; large while there is nothing to read yet. */
export function Header() {
  const { core, chat, texts } = useSurroundings()
  const project = useAtom(core.project)
  const rows = useAtom(chat.rows)
  const isLoaded = useAtom(chat.isLoaded)
  const who = useAtom(core.session.who)
  const { widgetTitle, welcomeTitle, welcomeMsg } = core.settings
  const agents = project?.agents ?? []
  const isWelcome = isLoaded && rows.length === 0 && who.state !== 'out'
  return (
    <header class={isWelcome ? 'header welcome' : 'header'}>
      <div class="bar">
        {agents.length > 0 && (
          <div class="faces" role="img" aria-label={agents.join(', ')} title={agents.join(', ')}>
            {agents.slice(0, 3).map((name) => (
              <Face key={name} name={name} />
            ))}
          </div>
        )}
        <div class="titles">
          <h1>{widgetTitle || project?.name || 'Chat'}</h1>
          {who.state !== 'out' && (
            <p class={agents.length ? 'pace online' : 'pace'}>{agents.length ? texts.soon : texts.later}</p>
          )}
        </div>
        <button type="button" class="close" aria-label={texts.close} onClick={core.close}>
          <Icon name="close" />
        </button>
      </div>
      {isWelcome && (
        <div class="greeting">
          <h2>{welcomeTitle || texts.hello}</h2>
          <p>{welcomeMsg || texts.helloText}</p>
        </div>
      )}
    </header>
  )
}

/** @jsxImportSource preact */
import { useSurroundings } from './app.tsx'
import { beforeWriting } from './before-writing.ts'
import { Face } from './face.tsx'
import { Icon, type IconName } from './icons.tsx'
import { Part } from './part.tsx'
import { useAtom } from './use-atom.ts'
import { usePace } from './use-pace.ts'

/** Who answers, and how fast; large while there is nothing to read yet. */
export function Header() {
  const { core, chat, texts } = useSurroundings()
  const { settings } = core
  const project = useAtom(core.project)
  const rows = useAtom(chat.rows)
  const isLoaded = useAtom(chat.isLoaded)
  const who = useAtom(core.session.who)
  const screen = useAtom(chat.screen)
  const isOut = who.state === 'out'
  const isHome = screen === 'home'
  const isFirst = screen === 'chat' && isLoaded && !rows.length && beforeWriting(core, chat) !== 'form'
  const isWelcome = !isOut && (isHome || isFirst)
  const agents = settings.showAvailableAgents ? (project?.agents ?? []) : []
  const pace = usePace(project)
  if (screen === 'chat' && settings.hideHeaderConversation && !isOut) return null
  return (
    <header class={isWelcome ? 'header welcome' : 'header'}>
      <div class="bar">
        <Back />
        {agents.length > 0 && screen !== 'list' && (
          <div class="faces" role="img" aria-label={agents.join(', ')}>
            {agents.slice(0, isHome ? 5 : 3).map((name) => (
              <Face key={name} name={name} />
            ))}
          </div>
        )}
        <div class="titles">
          <h1>{screen === 'list' ? texts.list : settings.widgetTitle || project?.name || 'Chat'}</h1>
          {!isOut && pace && screen !== 'list' && <p class={agents.length ? 'pace online' : 'pace'}>{pace}</p>}
        </div>
        <MenuButton />
        {!settings.hideHeaderCloseButton && <IconButton icon="close" label={texts.close} onClick={core.close} />}
      </div>
      {isWelcome && (
        <div class="greeting">
          <h2>{settings.welcomeTitle || texts.hello}</h2>
          <p>{settings.welcomeMsg || texts.helloText}</p>
        </div>
      )}
    </header>
  )
}

/** To the other conversations, if there are any. */
function Back() {
  const { core, chat, texts } = useSurroundings()
  const screen = useAtom(chat.screen)
  const list = useAtom(chat.conversations.list)
  const isIn = useAtom(core.session.who).state !== 'out'
  const isPossible = isIn && list.length && screen !== 'home' && !core.settings.singleConversation
  return isPossible ? <IconButton icon="back" label={texts.back} onClick={() => chat.screen.set('home')} /> : null
}

function MenuButton() {
  const { core, chat, texts } = useSurroundings()
  const aside = useAtom(chat.aside)
  const { hideHeaderConversationOptionsMenu, hideSettings } = core.settings
  const isHidden = chat.screen.get() === 'chat' ? hideHeaderConversationOptionsMenu : hideSettings
  if (isHidden || core.session.who.get().state === 'out') return null
  const isOpen = aside === 'menu'
  return (
    <div class="options">
      <IconButton
        icon="more"
        label={texts.options}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => chat.aside.set(isOpen ? undefined : 'menu')}
      />
      {isOpen && <Part name="menu" isAside />}
    </div>
  )
}

interface ButtonProps {
  icon: IconName
  label: string
  onClick(): void
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
}

export function IconButton({ icon, label, ...others }: ButtonProps) {
  return (
    <button type="button" class="icon" aria-label={label} title={label} {...others}>
      <Icon name={icon} />
    </button>
  )
}

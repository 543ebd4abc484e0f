/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { useSurroundings } from '../app.tsx'
import { isSoundOn, setSound } from '../sound-switch.ts'
import { buttonsIn, useOverlay } from './overlay.ts'
import { callPage } from './page.ts'
import { saveTranscript } from './transcript.ts'
import { useWords } from './words.ts'

interface Item {
  name: string
  do(): void
  /** For one that is switched on and off. */
  isOn?: boolean
}

/** What one may do besides writing. It goes with a choice, with Escape, and when anything else is touched. */
export function Menu() {
  const { chat } = useSurroundings()
  const items = useItems()
  const menu = useOverlay(chat)

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: 0, End: 0 }[event.key]
    if (event.key === 'Tab') chat.aside.set(undefined)
    if (step === undefined) return
    event.preventDefault()
    const { all, present } = buttonsIn(menu.current)
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? -1 : (present + step) % all.length
    all.at(next)?.focus()
  }

  function choose(item: Item) {
    item.do()
    if (chat.aside.get() === 'menu') chat.aside.set(undefined)
  }

  return (
    <div ref={menu} class="menu" role="menu" tabIndex={-1} onKeyDown={onKeyDown}>
      {items.map((item) =>
        item.isOn === undefined ? (
          <button key={item.name} type="button" role="menuitem" tabIndex={-1} onClick={() => choose(item)}>
            {item.name}
          </button>
        ) : (
          <button
            key={item.name}
            type="button"
            role="menuitemcheckbox"
            aria-checked={item.isOn}
            tabIndex={-1}
            onClick={item.do}
          >
            {item.name}
            <i class={item.isOn ? 'switch on' : 'switch'} />
          </button>
        ),
      )}
    </div>
  )
}

function useItems(): Item[] {
  const { core, chat, texts } = useSurroundings()
  const words = useWords()
  const [isSound, setIsSound] = useState(isSoundOn(core))
  const { settings } = core
  const conversation = chat.screen.get() === 'chat' ? chat.conversation.get() : undefined
  const mayClose = conversation?.state === 'open' && !settings.hideCloseConversationOptionMenu
  const maySignOut = core.session.who.get().state === 'verified' && settings.showLogoutOption
  const items: Item[] = []

  items.push({
    name: words.sound,
    isOn: isSound,
    do() {
      setSound(core, !isSound)
      setIsSound(!isSound)
    },
  })
  if (!settings.fullscreenMode && innerWidth > 480) {
    const isSmall = !/^(max|top)$/.test(settings.size)
    const size = isSmall ? 'max' : 'min'
    items.push({
      name: isSmall ? words.larger : words.smaller,
      do() {
        core.shelf.set('size', size)
        core.setParameter('size', size)
      },
    })
  }
  if (conversation) {
    items.push({ name: words.transcript, do: () => void saveTranscript(core, conversation.id, texts, words) })
  }
  if (conversation && settings.restartConversation) items.push({ name: words.newConversation, do: chat.begin })
  if (mayClose) items.push({ name: words.closeChat, do: () => chat.aside.set('ending') })
  if (maySignOut) items.push({ name: words.signOut, do: () => callPage(core, 'logout') })
  return items
}

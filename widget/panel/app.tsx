/** @jsxImportSource preact */
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Core } from '../core.ts'
import type { Texts } from '../texts/en.ts'
import { isSignedIn } from '../who.ts'
import { CarryOver } from './carry-over.tsx'
import type { Chat } from './chat.ts'
import { Composer } from './composer.tsx'
import { focusInside, focusLauncher } from './focus.ts'
import { Header } from './header.tsx'
import { LinkState } from './link-state.tsx'
import { needsIntroduction, PreChat } from './pre-chat.tsx'
import { SignedOut } from './signed-out.tsx'
import { Skeleton } from './skeleton.tsx'
import { Thread } from './thread.tsx'
import { useAtom } from './use-atom.ts'

export interface Surroundings {
  core: Core
  chat: Chat
  texts: Texts
}

let present: Surroundings | undefined

/** What every part of the panel may need; there is one panel on a page. */
export function useSurroundings(): Surroundings {
  if (!present) throw new Error('outside of the panel')
  return present
}

export function App(surroundings: Surroundings) {
  present = surroundings
  const { core } = surroundings
  const isOpen = useAtom(core.isOpen)
  useAtom(core.changes)
  const panel = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(false)

  useLayoutEffect(() => {
    if (isOpen) focusInside(panel.current)
    else if (wasOpen.current) focusLauncher(panel.current)
    wasOpen.current = isOpen
  }, [isOpen])

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.isComposing) return
    core.close()
  }

  return (
    <div
      ref={panel}
      class="panel"
      role="dialog"
      aria-label={core.settings.widgetTitle || core.project.get()?.name || 'Chat'}
      tabIndex={-1}
      hidden={!isOpen}
      onKeyDown={onKeyDown}
    >
      <Header />
      <Content />
    </div>
  )
}

function Content() {
  const { core, chat } = useSurroundings()
  const who = useAtom(core.session.who)
  const isLoaded = useAtom(chat.isLoaded)
  const rows = useAtom(chat.rows)
  if (who.state === 'out') return <SignedOut reason={who.reason} />
  if (!isSignedIn(who) || !(isLoaded || rows.length)) return <Skeleton />
  if (!rows.length && needsIntroduction(core)) return <PreChat />
  return (
    <>
      <CarryOver />
      <Thread key={who.owner} rows={rows} />
      <LinkState />
      <Composer key={`composer ${who.owner}`} owner={who.owner} />
    </>
  )
}

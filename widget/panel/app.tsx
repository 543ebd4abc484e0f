/** @jsxImportSource preact */
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Core } from '../core.ts'
import type { Texts } from '../texts/en.ts'
import { isSignedIn } from '../who.ts'
import { beforeWriting } from './before-writing.ts'
import type { Chat } from './chat.ts'
import { Composer } from './composer.tsx'
import { isUnread } from './conversations.ts'
import { focusInside, focusLauncher } from './focus.ts'
import { Header } from './header.tsx'
import { LinkState } from './link-state.tsx'
import { Part } from './part.tsx'
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

export function surround(surroundings: Surroundings): void {
  present = surroundings
}

export function App(surroundings: Surroundings) {
  surround(surroundings)
  const { core, chat } = surroundings
  const isOpen = useAtom(core.isOpen)
  useAtom(core.changes)
  const panel = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(false)

  useLayoutEffect(() => {
    if (isOpen && !wasOpen.current) showUnread(surroundings)
    if (isOpen) focusInside(panel.current)
    else if (wasOpen.current) focusLauncher(panel.current)
    wasOpen.current = isOpen
  }, [isOpen, surroundings])

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.isComposing) return
    if (chat.aside.get()) chat.aside.set(undefined)
    else core.close()
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

/** Whoever opens the chat because of the number on the launcher wants to read what is new. */
function showUnread({ chat }: Surroundings): void {
  const fresh = chat.conversations.list.get().find(isUnread)
  if (fresh && chat.screen.get() !== 'chat') chat.open(fresh.id)
}

function Content() {
  const { core, chat } = useSurroundings()
  const who = useAtom(core.session.who)
  const isLoaded = useAtom(chat.isLoaded)
  const rows = useAtom(chat.rows)
  const screen = useAtom(chat.screen)
  useAtom(core.project)
  useAtom(chat.department)
  useAtom(chat.turn)
  if (who.state === 'out') return <Part name="signedOut" />
  if (!isSignedIn(who)) return <Skeleton />
  if (screen !== 'chat') return <Part key={screen} name={screen} />
  if (!(isLoaded || rows.length)) return <Skeleton />
  const first = rows.length || chat.conversation.get() ? undefined : beforeWriting(core, chat)
  if (first) return <Part key={first} name={first} />
  return (
    <>
      {who.state === 'verified' && who.carryOver && <Part name="carryOver" isAside />}
      <Thread key={`${who.owner} ${chat.turn.get()}`} rows={rows} />
      <LinkState />
      <Composer key={`composer ${who.owner}`} owner={who.owner} />
    </>
  )
}

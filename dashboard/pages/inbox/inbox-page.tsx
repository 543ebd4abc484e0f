import { useStore } from '@nanostores/react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { IconButton } from '../../parts/button.tsx'
import { keep, recall } from '../../stores/kept.ts'
import { keyOf } from '../../stores/pages.ts'
import { conversationsIn, type View } from '../../stores/view.ts'
import { useHere } from '../workspace-context.ts'
import { ConnectionNotice } from './connection-notice.tsx'
import { ConversationPane } from './conversation/conversation-pane.tsx'
import { Filters } from './list/filters.tsx'
import { List } from './list/list.tsx'
import { NothingOpen } from './nothing-open.tsx'
import { parseView } from './parse-view.ts'
import type { Place } from './search/found.tsx'
import { SearchField } from './search/search-field.tsx'
import { useInboxKeys } from './use-inbox-keys.ts'
import '../../styles/inbox.css'

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }))
const Found = lazy(async () => ({ default: (await import('./search/found.tsx')).Found }))

const viewKey = 'signet:view'

interface InboxPageProps {
  conversationId: string | undefined
  /** One of its messages, which somebody looked for. */
  message: string | undefined
}

export function InboxPage({ conversationId, message }: InboxPageProps) {
  const { workspace, membership } = useHere()
  const { inbox, pages, threads, agent } = workspace
  const [view, setView] = useState<View>(() => parseView(recall(viewKey)))
  const [detailsOpen, setDetailsOpen] = useState(false)
  const [keysOpen, setKeysOpen] = useState(false)
  const [looked, setLooked] = useState('')
  const [found, setFound] = useState<readonly Place[]>([])
  const field = useRef<HTMLInputElement>(null)
  const [, go] = useLocation()
  const all = useStore(inbox.conversations)
  const progress = useStore(pages.progress)[keyOf(view)]
  const shown = conversationsIn(all, view, agent.id, progress?.since)
  const home = `/projects/${membership.project.id}/inbox`
  const isSearching = looked.trim() !== ''

  function open(id: string | undefined) {
    const place = isSearching ? found.find((each) => each.id === id) : undefined
    // The address may be the same as before, and he has read on since.
    if (place?.message !== undefined) threads.goTo(place.id, place.message)
    go(place?.href ?? (id === undefined ? home : `${home}/${id}`))
  }

  function choose(next: View) {
    setView(next)
    keep(viewKey, keyOf(next))
  }

  useInboxKeys({
    shown: isSearching ? found : shown,
    ...{ conversationId, open },
    showKeys: () => setKeysOpen(true),
    search: () => field.current?.focus(),
  })

  return (
    <main className="inbox" data-open={conversationId ? true : undefined} data-empty={all.size === 0 || undefined}>
      {/* On a phone the list gives way to the conversation; the page keeps its heading. */}
      <h1 className="visually-hidden">Inbox</h1>
      <section className="inbox-list" aria-label="Conversations">
        <header className="inbox-head">
          <span className="inbox-title" aria-hidden="true">
            Inbox
          </span>
          <IconButton icon="keyboard" label="Keys" hint="?" onPress={() => setKeysOpen(true)} />
        </header>
        <SearchField text={looked} onChange={setLooked} field={field} />
        {!isSearching && <Filters view={view} onChange={choose} all={all} />}
        <ConnectionNotice />
        {isSearching ? (
          <Suspense>
            <Found text={looked} selected={conversationId} home={home} onFound={setFound} />
          </Suspense>
        ) : (
          <List view={view} shown={shown} isEmpty={all.size === 0} selected={conversationId} home={home} />
        )}
      </section>
      {conversationId ? (
        <ConversationPane
          key={conversationId}
          conversationId={conversationId}
          message={message}
          onLatest={() => message && go(`${home}/${conversationId}`, { replace: true })}
          detailsOpen={detailsOpen}
          onDetails={setDetailsOpen}
          onBack={() => open(undefined)}
        />
      ) : (
        <NothingOpen isEmpty={all.size === 0} progress={progress} />
      )}
      <Suspense>{keysOpen && <KeysDialog isOpen onClose={() => setKeysOpen(false)} />}</Suspense>
    </main>
  )
}

import { atom, type ReadableAtom } from 'nanostores'
import type { Timeline } from '../../client/timeline.ts'
import type { Message } from '../../protocol/records.ts'
import type { Core } from '../core.ts'
import { troubleOf } from '../report.ts'

/** The past of the conversation on the screen, page by page. */
export interface History {
  isLoaded: ReadableAtom<boolean>
  hasEarlier: ReadableAtom<boolean>
  loadLatest(): Promise<void>
  loadEarlier(): Promise<void>
  /** Another conversation is shown now; `isNew` when there is nothing to load. */
  begin(isNew: boolean): void
}

const pageSize = '30'
const retryMs = 3_000

export function createHistory(core: Core, timeline: Timeline, shown: () => string | undefined): History {
  const isLoaded = atom(false)
  const hasEarlier = atom(false)
  let loading: string | undefined
  /** It is tried again and again, and said once. */
  let isReported = false

  async function loadLatest(): Promise<void> {
    const conversation = shown()
    const before = stored()
    const page = await loadPage()
    if (!page && conversation && shown() === conversation) setTimeout(loadLatest, retryMs)
    if (!page) return
    // What the connection brought meanwhile, which the page may know nothing of.
    const fresh = stored().filter(({ id }) => !before.some((one) => one.id === id))
    timeline.replace([...page.messages, ...fresh])
    hasEarlier.set(page.more)
    isLoaded.set(true)
  }

  function stored(): Message[] {
    return timeline.rows.get().flatMap((row) => (row.state === 'sent' ? [row.message] : []))
  }

  async function loadEarlier(): Promise<void> {
    const first = timeline.rows.get().find((row) => row.state === 'sent')
    if (first?.state !== 'sent' || loading === first.key) return
    loading = first.key
    const page = await loadPage(first.message.id)
    loading = undefined
    if (!page) return
    timeline.add(page.messages)
    hasEarlier.set(page.more)
  }

  /** Undefined when it failed, and when another conversation has come to the screen meanwhile. */
  async function loadPage(before?: string) {
    const conversation = shown()
    if (!conversation) return undefined
    const query = { limit: pageSize, ...(before && { before }) }
    try {
      const page = await core.call('GET /conversations/:conversation/messages', { params: { conversation }, query })
      isReported = false
      return shown() === conversation ? page : undefined
    } catch (error) {
      // The connection hears of an ended session, too, and says why.
      if (!isReported && troubleOf(error).code !== 'session_ended') core.events.report(error)
      isReported = true
      return undefined
    }
  }

  return {
    isLoaded,
    hasEarlier,
    loadLatest,
    loadEarlier,
    begin(isNew) {
      timeline.replace([])
      isLoaded.set(isNew)
      hasEarlier.set(false)
    },
  }
}

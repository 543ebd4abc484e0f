/** The pages of each view of the inbox that have been fetched so far. */
import { type MapStore, map } from 'nanostores'
import type { Api } from '../../client/api.ts'
import { type Inbox, isAgents } from './inbox.ts'
import { queryOf, type View } from './view.ts'

export interface Progress {
  phase: 'loading' | 'ready' | 'failed'
  /** Loaded down to this time; 0 when there is no more. */
  since: number
  nextPage: string | null
}

export interface Pages {
  progress: MapStore<Record<string, Progress | undefined>>
  /** Fetches the first page, unless that was done. */
  open(view: View): void
  more(view: View): void
  /** Whatever was fetched may have holes now. */
  reload(): void
}

const pageSize = '50'

export function keyOf({ folder, state, department }: View): string {
  return department === undefined ? `${folder}.${state}` : `${folder}.${state}.${department}`
}

export function createPages(api: Api, project: string, inbox: Inbox): Pages {
  const progress = map<Record<string, Progress | undefined>>({})
  const opened = new Map<string, View>()
  let round = 0

  async function fetchPage(view: View, page: string | null) {
    const key = keyOf(view)
    const mine = round
    const before = progress.get()[key]
    progress.setKey(key, { since: 0, nextPage: page, ...before, phase: 'loading' })
    try {
      const query = { ...queryOf(view), limit: pageSize, ...(page !== null && { page }) }
      const answer = await api('GET /projects/:project/conversations', { params: { project }, query })
      if (mine !== round) return
      const fresh = answer.conversations.filter(isAgents)
      inbox.receive(fresh)
      const since = answer.nextPage === null ? 0 : (fresh.at(-1)?.lastActivityAt ?? 0)
      progress.setKey(key, { phase: 'ready', since, nextPage: answer.nextPage })
    } catch {
      if (mine === round) progress.setKey(key, { since: 0, nextPage: page, ...before, phase: 'failed' })
    }
  }

  function open(view: View) {
    if (opened.has(keyOf(view)) && progress.get()[keyOf(view)]?.phase !== 'failed') return
    opened.set(keyOf(view), view)
    void fetchPage(view, null)
  }

  return {
    progress,
    open,
    more(view) {
      const state = progress.get()[keyOf(view)]
      if (state && state.phase !== 'loading' && state.nextPage !== null) void fetchPage(view, state.nextPage)
    },
    reload() {
      round += 1
      for (const view of opened.values()) void fetchPage(view, null)
    },
  }
}

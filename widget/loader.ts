import { firstMethods } from './api.ts'
import { findBase, installationOf } from './base.ts'
import { createEvents } from './events.ts'
import { createRoot } from './root.ts'
import { start } from './start.ts'

declare global {
  interface Window {
    tiledesk?: Record<string, unknown>
    tiledeskSettings?: unknown
    tileDeskAsyncInit?: unknown
    tiledeskAsyncInit?: unknown
    Tiledesk?: unknown
  }
}

// A page that loads the script twice has one widget.
if (!window.tiledesk) {
  const base = findBase(document)
  const root = createRoot()
  const events = createEvents(root.host, installationOf(base))
  const methods: Record<string, unknown> = firstMethods(events, base)
  window.tiledesk = methods
  const begin = () => start({ base, root, events, methods })
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true })
  else begin()
}

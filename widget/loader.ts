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
    initWidget?: unknown
  }
}

// A page that loads the script twice has one widget.
if (!window.tiledesk) {
  const base = findBase(document)
  const root = createRoot()
  const events = createEvents(root.host, installationOf(base))
  const methods: Record<string, unknown> = {
    // A page that starts over registers its handlers again; those of the queue stay.
    on: (name: string, handler: unknown) => events.on(name, handler, root.gone),
    getBaseLocation: () => base,
  }
  window.tiledesk = methods
  const begin = () => start({ base, root, events, methods, restart: begin })
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true })
  else begin()
}

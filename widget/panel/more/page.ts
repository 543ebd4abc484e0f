import type { Core } from '../../core.ts'

/** Calls what stands on `window.tiledesk`, as the page itself would; its failures are its own (WG6). */
export function callPage({ events }: Core, name: string, ...given: unknown[]): unknown {
  let result: unknown
  const method: unknown = Object(window.tiledesk)[name]
  if (typeof method === 'function') events.guard(() => (result = method(...given)))
  return result
}

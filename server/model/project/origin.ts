/** From which websites a project's visitors may come (VS11). */
import type { Project } from '../../../protocol/records.ts'
import { Refused } from '../refused.ts'

/** Where a visitor's call comes from, as his browser says. */
export interface Site {
  origin: string | undefined
  /** Our own address: the preview in the dashboard, which no list may lock out. */
  own: boolean
}

/** An empty list admits every website. */
export function isAllowed({ allowedOrigins }: Pick<Project, 'allowedOrigins'>, { origin, own }: Site): boolean {
  return own || allowedOrigins.length === 0 || (origin !== undefined && allowedOrigins.includes(origin))
}

/** As browsers write them in `Origin`: lower case, without the usual port. What no browser would ever say is refused. */
export function normalizeOrigins(origins: readonly string[]): string[] {
  return [...new Set(origins.map(normalizeOrigin))]
}

function normalizeOrigin(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url || url.username || url.password || url.hostname.includes('*')) {
    const message = `"${given}" is no origin such as https://shop.example; write each one out.`
    throw new Refused('invalid_request', { field: 'allowedOrigins', message })
  }
  return url.origin
}

import { type Clock, systemClock } from './clock.ts'

/** Where a file can be fetched for a few minutes, by whoever asked. */
export interface Link {
  url: string
  thumbnailUrl: string | null
  expiresAt: number
}

/** No link is handed out that would run out while the file is on its way. */
const marginMs = 30_000

/** Asks for a link when one is needed, and not again while the last one is good. */
export function createLinks(ask: (attachment: string) => Promise<Link>, clock: Clock = systemClock) {
  const known = new Map<string, Promise<Link>>()
  const freshUntil = new Map<string, number>()

  return function linkTo(attachment: string): Promise<Link> {
    const kept = known.get(attachment)
    const until = freshUntil.get(attachment)
    if (kept && (until === undefined || clock.now() < until)) return kept
    freshUntil.delete(attachment)
    const asked = ask(attachment)
    known.set(attachment, asked)
    asked.then(
      ({ expiresAt }) => freshUntil.set(attachment, expiresAt - marginMs),
      () => known.get(attachment) === asked && known.delete(attachment),
    )
    return asked
  }
}

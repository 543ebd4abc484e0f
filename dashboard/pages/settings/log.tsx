import { useStore } from '@nanostores/react'
import type { ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { clock, dayHeading } from '../../parts/time.ts'
import { sentenceFor } from '../../stores/api.ts'
import { $now } from '../../stores/now.ts'
import { byDay } from './by-day.ts'
import { Loaded } from './loaded.tsx'
import '../../styles/log.css'

interface Entry {
  id: string
  at: number
}

interface Page<E> {
  entries: readonly E[]
}

/** What a log needs of useInfiniteQuery. */
export interface Pages<E> {
  data: { pages: readonly Page<E>[] } | undefined
  error: unknown
  refetch: () => unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => unknown
}

interface LogProps<E extends Entry> {
  query: Pages<E>
  /** What stands there while nothing has happened. */
  empty: ReactNode
  children: (entry: E) => ReactNode
}

/** Things that happened, the latest first, under their days. */
export function Log<E extends Entry>({ query, empty, children }: LogProps<E>) {
  const now = useStore($now)
  return (
    <Loaded query={query} height={320}>
      {({ pages }) => {
        const entries = pages.flatMap((page) => page.entries)
        if (entries.length === 0) return <div className="blank">{empty}</div>
        return (
          <div className="log">
            {byDay(entries).map(({ at, entries: ofDay }) => (
              <div key={at} className="log-day">
                <h4>{dayHeading(at, now)}</h4>
                <ol>
                  {ofDay.map((entry) => (
                    <li key={entry.id} className="log-entry">
                      <time dateTime={new Date(entry.at).toISOString()}>{clock(entry.at)}</time>
                      <div className="log-main">{children(entry)}</div>
                    </li>
                  ))}
                </ol>
              </div>
            ))}
            <Older query={query} />
          </div>
        )
      }}
    </Loaded>
  )
}

function Older<E>({ query }: { query: Pages<E> }) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = query
  if (!hasNextPage) return null
  return (
    <div className="log-older">
      {isFetchNextPageError && <p role="alert">{sentenceFor(error)}</p>}
      <Button size="small" busy={isFetchingNextPage} onPress={() => isFetchingNextPage || void fetchNextPage()}>
        {isFetchNextPageError ? 'Try again' : 'Show older'}
      </Button>
    </div>
  )
}

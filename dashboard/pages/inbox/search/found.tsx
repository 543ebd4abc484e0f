import { useStore } from '@nanostores/react'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Operations } from '../../../../client/operations.ts'
import { Button } from '../../../parts/button.tsx'
import { Bone, Waiting } from '../../../parts/skeleton.tsx'
import { api, sentenceFor } from '../../../stores/api.ts'
import { isAgents } from '../../../stores/inbox.ts'
import { useHere } from '../../workspace-context.ts'
import { Row } from '../list/row.tsx'
import { Excerpt } from './excerpt.tsx'

const pauseMs = 200
/** A page of a search may be short, or empty: so many of them are fetched unasked. */
const enough = 12
const mostUnasked = 25

interface FoundProps {
  text: string
  selected: string | undefined
  home: string
  /** What the keys go through. */
  onFound: (places: readonly Place[]) => void
}

/** A conversation, and the message in which the words are; none if its visitor is called so. */
export interface Place {
  id: string
  message: string | undefined
  href: string
}

/** Whatever the agent may see, in any state: first people of that name, then what was written, the newest first. */
export function Found({ text: typed, selected, home, onFound }: FoundProps) {
  const { workspace } = useHere()
  const text = useDeferredValue(usePause(typed.trim()))
  const query = useInfiniteQuery(searchQuery(workspace.projectId, text))
  const known = useStore(workspace.inbox.conversations)
  const pages = query.data?.pages ?? nothing
  const { found, matches, places } = useMemo(() => readPages(pages, home), [pages, home])
  const { hasNextPage, isFetching, fetchNextPage, error, refetch } = query
  const goesOn = hasNextPage && found.length < enough && pages.length < mostUnasked
  useEffect(() => {
    if (goesOn && !isFetching && !error) void fetchNextPage()
  }, [goesOn, isFetching, error, fetchNextPage])
  useEffect(() => onFound(places), [onFound, places])

  if (found.length === 0 && (isFetching || goesOn) && !error) return <Looking />
  return (
    <div className="list found">
      <p className="visually-hidden" role="status">
        {!isFetching && (found.length === 0 ? 'Nothing found' : `${found.length} found`)}
      </p>
      {/* biome-ignore lint/a11y/noRedundantRoles: without its dots a list is none to Safari */}
      <ul role="list" aria-label="Found conversations">
        {found.map((conversation, place) => {
          const { id } = conversation
          const match = matches.get(id)
          return (
            <li key={id}>
              <Row
                conversation={known.get(id) ?? conversation}
                href={places[place]?.href ?? home}
                isSelected={id === selected}
                me={workspace.agent.id}
                {...(match && {
                  line: <Excerpt match={match} me={workspace.agent.id} />,
                  at: match.createdAt,
                  // The address may be the same as before, and he has read on since.
                  onOpen: () => workspace.threads.goTo(id, match.messageId),
                })}
              />
            </li>
          )
        })}
      </ul>
      {error ? <Failed sentence={sentenceFor(error)} retry={() => void refetch()} /> : null}
      {!error && found.length === 0 && !isFetching && !hasNextPage && <Nothing text={text} />}
      {!error && hasNextPage && !goesOn && (
        <div className="found-more">
          <Button size="small" busy={isFetching} onPress={() => isFetching || void fetchNextPage()}>
            {found.length === 0 ? 'Search further back' : 'Show more'}
          </Button>
        </div>
      )}
    </div>
  )
}

type Page = Operations['GET /projects/:project/conversations']['answer']
const nothing: readonly Page[] = []

function readPages(pages: readonly Page[], home: string) {
  const found = pages.flatMap(({ conversations }) => conversations.filter(isAgents))
  const matches = new Map(pages.flatMap((page) => page.matches ?? []).map((match) => [match.conversationId, match]))
  const places = found.map(({ id }): Place => {
    const message = matches.get(id)?.messageId
    return { id, message, href: message === undefined ? `${home}/${id}` : `${home}/${id}/${message}` }
  })
  return { found, matches, places }
}

function searchQuery(project: string, text: string) {
  return infiniteQueryOptions({
    queryKey: ['search', project, text],
    queryFn: ({ pageParam: page }) => {
      const query = { text, limit: '25', ...(page !== null && { page }) }
      return api('GET /projects/:project/conversations', { params: { project }, query })
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextPage }) => nextPage,
    enabled: text !== '',
    staleTime: 10_000,
  })
}

/** The text as it was when somebody last stopped typing. */
function usePause(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

function Looking() {
  return (
    <Waiting>
      {[60, 45, 70, 50].map((width) => (
        <div key={width} className="row row-skeleton">
          <Bone width={32} height={32} round />
          <span className="row-main">
            <Bone width={`${width}%`} />
            <Bone width={`${120 - width}%`} height={10} />
          </span>
        </div>
      ))}
    </Waiting>
  )
}

function Nothing({ text }: { text: string }) {
  return (
    <div className="list-note">
      <div>
        <strong>Nothing found</strong>
        <p>
          Nobody is called “<bdi>{text}</bdi>”, and no message has all of these words. Try fewer or shorter ones.
        </p>
      </div>
    </div>
  )
}

function Failed({ sentence, retry }: { sentence: string; retry: () => void }) {
  return (
    <div className="list-note" role="alert">
      <p>{sentence}</p>
      <Button size="small" onPress={retry}>
        Try again
      </Button>
    </div>
  )
}

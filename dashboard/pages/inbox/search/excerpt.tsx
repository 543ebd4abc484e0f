import type { Operations } from '../../../../client/operations.ts'
import { Icon } from '../../../parts/icon.tsx'
import { By } from '../list/row.tsx'

type Match = NonNullable<Operations['GET /projects/:project/conversations']['answer']['matches']>[number]

/** The line of a message in which the words stand. */
export function Excerpt({ match: { kind, author, excerpt }, me }: { match: Match; me: string }) {
  return (
    <>
      {kind === 'note' && <Icon name="lock" size={12} />}
      <By author={author} me={me} />
      <bdi>
        {piecesOf(excerpt).map(({ from, text, isMeant }) =>
          isMeant ? <mark key={from}>{text}</mark> : <span key={from}>{text}</span>,
        )}
      </bdi>
    </>
  )
}

interface Piece {
  from: number
  text: string
  isMeant: boolean
}

/** What is narrow shows little of a line: it begins shortly before the first word that was meant. */
const shownBefore = 24

export function piecesOf({ text, ranges }: Match['excerpt']): Piece[] {
  const pieces: Piece[] = []
  const first = ranges[0]?.from ?? 0
  const space = first > shownBefore ? text.lastIndexOf(' ', first - shownBefore + 10) : -1
  let end = space > 0 ? space + 1 : 0
  if (end > 0) pieces.push({ from: -1, text: '…', isMeant: false })
  for (const { from, to } of ranges) {
    if (from > end) pieces.push({ from: end, text: text.slice(end, from), isMeant: false })
    pieces.push({ from, text: text.slice(from, to), isMeant: true })
    end = to
  }
  if (end < text.length) pieces.push({ from: end, text: text.slice(end), isMeant: false })
  return pieces
}

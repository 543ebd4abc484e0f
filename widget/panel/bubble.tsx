/** @jsxImportSource preact */
import type { Texts } from '../texts/en.ts'
import { useSurroundings } from './app.tsx'
import { Face } from './face.tsx'
import { localeOf, type Placed, timeOf } from './groups.ts'
import { type Piece, withLinks } from './links.ts'

interface Props {
  one: Placed
  isLast: boolean
  /** The last seq that an agent has read. */
  readUpTo: number
}

/** One message: who, what, when, and whether it has arrived. */
export function Bubble({ one, isLast, readUpTo }: Props) {
  const { core, texts } = useSurroundings()
  const { row, mine, name, at } = one
  const time = timeOf(at, localeOf(core.settings.lang))
  if (row.state === 'sent' && row.message.kind === 'system') return <p class="system">{row.message.text}</p>
  const text = row.state === 'sent' ? row.message.text : row.entry.text
  return (
    <div class={mine ? 'message mine' : 'message theirs'}>
      {!mine && one.startsGroup && (
        <span class="author" aria-hidden="true">
          <bdi>{name ?? texts.team}</bdi>
        </span>
      )}
      {!mine && one.endsGroup && <Face name={name ?? texts.team} />}
      <div class={`bubble ${mine ? 'mine' : 'theirs'} ${row.state}`} title={time} dir="auto">
        <span class="hidden">{`${mine ? texts.you : (name ?? texts.team)}, ${time}: `}</span>
        {withLinks(text).map(asNode)}
      </div>
      {row.state === 'failed' ? (
        <Failed clientId={row.key} failure={row.failure} />
      ) : (
        mine && isLast && <p class="mark">{markOf(one, readUpTo, texts)}</p>
      )}
    </div>
  )
}

function asNode(piece: Piece, index: number) {
  if (typeof piece === 'string') return piece
  return (
    <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
      {piece.text}
    </a>
  )
}

function Failed({ clientId, failure }: { clientId: string; failure: { code: string; message: string } }) {
  const { chat, texts } = useSurroundings()
  return (
    <div class="failure">
      <p>
        {texts.notSent}. {reasonOf(failure, texts)}
      </p>
      <button type="button" onClick={() => chat.retry(clientId)}>
        {texts.again}
      </button>
      <span aria-hidden="true"> · </span>
      <button type="button" onClick={() => chat.remove(clientId)}>
        {texts.delete}
      </button>
    </div>
  )
}

function reasonOf({ code, message }: { code: string; message: string }, texts: Texts): string {
  if (code === 'text_too_long') return texts.tooLong
  if (code === 'text_invalid') return texts.invalid
  return texts.heading[code] ?? texts.because[code] ?? message
}

function markOf({ row }: Placed, readUpTo: number, texts: Texts): string {
  if (row.state !== 'sent') return texts.sending
  return row.message.seq !== null && row.message.seq <= readUpTo ? texts.seen : texts.sent
}

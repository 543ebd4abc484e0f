/** @jsxImportSource preact */
import type { Texts } from '../texts/en.ts'
import { useSurroundings } from './app.tsx'
import { Face } from './face.tsx'
import { localeOf, type Placed, timeOf } from './groups.ts'
import { LinkedText } from './linked-text.tsx'
import { withLinks } from './links.ts'
import { Part } from './part.tsx'
import { tellRendered } from './tell-page.ts'

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
  if (row.state === 'sent' && row.message.kind === 'system') return <Part name="system" about={row.key} isAside />
  const { text, attachments } = row.state === 'sent' ? row.message : row.entry
  return (
    <div class={mine ? 'message mine' : 'message theirs'}>
      {!mine && one.startsGroup && (
        <span class="author" aria-hidden="true">
          <bdi>{name ?? texts.team}</bdi>
        </span>
      )}
      {!mine && one.endsGroup && <Face name={name ?? texts.team} />}
      <div
        ref={(element) => {
          if (element && row.state === 'sent') tellRendered(core, row.message, element)
        }}
        class={`bubble ${mine ? 'mine' : 'theirs'} ${row.state}`}
        title={time}
        dir="auto"
      >
        <span class="hidden">{`${mine ? texts.you : (name ?? texts.team)}, ${time}: `}</span>
        <LinkedText pieces={withLinks(text)} />
        {attachments?.[0] && <Part name="attached" about={row.key} isAside />}
      </div>
      {row.state === 'failed' ? (
        <Part name="failure" about={row.key} isAside />
      ) : (
        mine && isLast && <p class="mark">{markOf(one, readUpTo, texts)}</p>
      )}
    </div>
  )
}

function markOf({ row }: Placed, readUpTo: number, texts: Texts): string {
  if (row.state !== 'sent') return texts.sending
  return row.message.seq !== null && row.message.seq <= readUpTo ? texts.seen : texts.sent
}

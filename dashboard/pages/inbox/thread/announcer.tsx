import { useRef } from 'react'
import type { Row } from '../../../../client/timeline.ts'
import { cleanName } from '../../../parts/clean-name.ts'
import { lineOf } from '../../../parts/file-words.ts'

/** Reads a new message to whoever listens, once; history that is fetched later stays silent. */
export function Announcer({ rows }: { rows: readonly Row[] }) {
  const last = rows.at(-1)
  const first = useRef(last?.key)
  const isNew = last?.state === 'sent' && last.key !== first.current && last.message.author.kind === 'visitor'
  return (
    <p className="visually-hidden" aria-live="polite">
      {isNew && `${cleanName(last.message.author.name) ?? 'Visitor'}: ${lineOf(last.message)}`}
    </p>
  )
}

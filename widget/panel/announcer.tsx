/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Row } from '../../client/timeline.ts'
import type { Settings } from '../settings.ts'
import { useSurroundings } from './app.tsx'
import { present } from './more.ts'

/**
 * Says each new message of an agent, and each message that could not be sent, once. The thread itself is silent:
 * otherwise every page of history would be read aloud.
 */
export function Announcer({ rows }: { rows: readonly Row[] }) {
  const { core, texts } = useSurroundings()
  const [said, setSaid] = useState({ text: '', turn: 0 })
  const newest = useRef<number | undefined>(undefined)
  const failed = useRef(new Set<string>())

  useEffect(() => {
    const before = newest.current
    newest.current = Math.max(before ?? 0, ...rows.map(seqOf))
    const fresh = before === undefined ? [] : rows.filter((row) => seqOf(row) > before && isTheirs(row))
    const refused = rows.filter((row) => row.state === 'failed' && !failed.current.has(row.key))
    for (const row of refused) failed.current.add(row.key)
    const sentences = [
      ...fresh.map((row) => sentence(row, texts.team, core.settings)),
      ...refused.map(() => texts.notSent),
    ]
    if (sentences.length) setSaid(({ turn }) => ({ text: sentences.join('\n'), turn: turn + 1 }))
  })

  return (
    <div class="hidden" role="status" aria-live="polite">
      {/* Another element each time: the same words twice are heard twice. */}
      <span key={said.turn}>{said.text}</span>
    </div>
  )
}

function seqOf(row: Row): number {
  return row.state === 'sent' ? (row.message.seq ?? 0) : 0
}

function isTheirs(row: Row): boolean {
  return row.state === 'sent' && row.message.author.kind !== 'visitor'
}

function sentence(row: Row, team: string, settings: Settings): string {
  if (row.state !== 'sent') return ''
  const { author, text, kind } = row.message
  const line = present()?.lineOf(row.message, settings) ?? text
  return kind === 'system' ? line : `${author.name ?? team}: ${line}`
}

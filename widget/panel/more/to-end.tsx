/** @jsxImportSource preact */
import { useRef } from 'preact/hooks'
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { useWords } from './words.ts'

/** For whoever reads further up: back to the end, and whether something has come there since. */
export function ToEnd() {
  const { chat } = useSurroundings()
  const words = useWords()
  const newest = useAtom(chat.rows).at(-1)?.key
  const left = useRef(newest)
  return (
    <button type="button" class="to-end" aria-label={words.newer} onClick={chat.toEnd}>
      {newest !== left.current && <span>{words.newer}</span>}
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 5v14M5.5 12.5 12 19l6.5-6.5" />
      </svg>
    </button>
  )
}

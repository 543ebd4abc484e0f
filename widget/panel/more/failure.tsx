/** @jsxImportSource preact */
import type { MoreTexts } from '../../texts/more-en.ts'
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { useWords } from './words.ts'

/** Under a message that was refused: why, and what may be done. */
export function Failure({ about }: { about: string }) {
  const { chat, texts } = useSurroundings()
  const words = useWords()
  const row = useAtom(chat.rows).find(({ key }) => key === about)
  if (row?.state !== 'failed') return null
  return (
    <div class="failure">
      <p>
        {texts.notSent}. {reasonOf(row.failure, words)}
      </p>
      <button type="button" onClick={() => chat.retry(about)}>
        {words.again}
      </button>
      <span aria-hidden="true"> · </span>
      <button type="button" onClick={() => chat.remove(about)}>
        {words.delete}
      </button>
    </div>
  )
}

function reasonOf({ code, message }: { code: string; message: string }, words: MoreTexts): string {
  if (code === 'text_too_long') return words.tooLong
  if (code === 'text_invalid') return words.invalid
  return words.heading[code] ?? words.because[code] ?? message
}

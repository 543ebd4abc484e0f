/** @jsxImportSource preact */
import { maxTextLength } from '../../../protocol/limits.ts'
import { useWords } from './words.ts'

/** How long a long message is, and that it is too long. */
export function Length({ about }: { about: string }) {
  const words = useWords()
  const isTooLong = Number(about) > maxTextLength
  return (
    <p id="length" class={isTooLong ? 'length bad' : 'length'}>
      {isTooLong ? words.tooLong : `${about} / ${maxTextLength}`}
    </p>
  )
}

/** @jsxImportSource preact */
import type { OutboxEntry } from '../../../client/outbox-entry.ts'
import type { MoreTexts } from '../../texts/more-en.ts'
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { isHopeless, isOfFiles } from './may-attach.ts'
import { useWords } from './words.ts'

/** Under a message that was refused: why, and what may be done. */
export function Failure({ about }: { about: string }) {
  const { chat, texts } = useSurroundings()
  const words = useWords()
  const row = useAtom(chat.rows).find(({ key }) => key === about)
  if (row?.state !== 'failed') return null
  const { failure, entry } = row
  const acts: [name: string, act: () => void][] = []
  if (!isHopeless(failure.code)) acts.push([words.again, () => chat.outbox.retry(about)])
  if (isOfFiles(failure.code) && entry.text)
    acts.push([words.files.without, () => chat.outbox.amend(withoutFiles(entry))])
  acts.push([words.delete, () => chat.outbox.remove(about)])
  return (
    <div class="failure">
      <p>
        {texts.notSent}. {reasonOf(failure, words)}
      </p>
      {acts.map(([name, act], index) => (
        <span key={name}>
          {index > 0 && <span aria-hidden="true"> · </span>}
          <button type="button" onClick={act}>
            {name}
          </button>
        </span>
      ))}
    </div>
  )
}

function withoutFiles({ attachments: _, ...entry }: OutboxEntry): OutboxEntry {
  return { ...entry, state: 'pending' }
}

function reasonOf({ code, message }: { code: string; message: string }, words: MoreTexts): string {
  if (code === 'text_too_long') return words.tooLong
  if (code === 'text_invalid') return words.invalid
  if (code === 'too_many_attachments') return words.files.tooMany
  return words.heading[code] ?? words.because[code] ?? message
}

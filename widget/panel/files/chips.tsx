/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { cleanFileName, sizeName } from '../../../client/file-name.ts'
import type { PickedFile } from '../../../client/picked-file.ts'
import { useSurroundings } from '../app.tsx'
import { localeOf } from '../groups.ts'
import { IconButton } from '../header.tsx'
import { isHopeless } from '../more/may-attach.ts'
import { useWords } from '../more/words.ts'
import { useAtom } from '../use-atom.ts'
import { announcement } from './announcements.ts'
import { Badge } from './badge.tsx'
import { FileLine } from './file-line.tsx'
import { type Hands, handsOf } from './hands.ts'
import { isImage } from './opening.ts'
import { Picture } from './picture.tsx'

/** The files of the next message, each with what it is, how far it is, and what may be done. */
export function Chips({ owner }: { owner: string }) {
  const hands = handsOf(useSurroundings())
  const words = useWords()
  const files = useAtom(hands.uploads.files).filter(({ place }) => place === owner)
  const note = useAtom(announcement)
  const list = useRef<HTMLUListElement>(null)
  const said = useSaid(files)

  function remove(key: string) {
    const form = list.current?.closest('form')
    hands.uploads.remove(key)
    announcement.set(undefined)
    // The button that had the keyboard is gone.
    form?.querySelector('textarea')?.focus({ preventScroll: true })
  }

  const sentence =
    note === 'tooMany' ? words.files.tooMany : note ? words.because.attachment_type_not_allowed : undefined
  return (
    <>
      {files.length > 0 && (
        <ul ref={list} class="chips">
          {files.map((one) => (
            <Chip key={one.key} one={one} hands={hands} remove={() => remove(one.key)} />
          ))}
        </ul>
      )}
      {sentence && <p class="chips-note">{sentence}</p>}
      <p class="hidden" role="status">
        {sentence ?? said}
      </p>
    </>
  )
}

interface Props {
  one: PickedFile
  hands: Hands
  remove(): void
}

function Chip({ one, hands, remove }: Props) {
  const { core } = useSurroundings()
  const words = useWords()
  const locale = localeOf(core.settings.lang)
  const { attachment, failure, share, file, key } = one
  const name = cleanFileName(one.name)
  const [isPlain, setPlain] = useState(!isImage(one) || !(file || attachment))
  const load = () => (file ? Promise.resolve(file) : attachment ? hands.pictures.of(attachment) : Promise.reject())
  return (
    <li class={failure ? 'chip failed' : 'chip'}>
      {isPlain ? <Badge type={one.type} /> : <Picture width={36} height={36} load={load} settled={setPlain} />}
      <FileLine
        name={one.name}
        longest={failure ? 28 : 14}
        about={failure ? (words.because[failure.code] ?? failure.message) : sizeName(one.bytes, locale)}
      >
        {!attachment && !failure && <progress max={1} value={share} aria-label={words.files.waiting(name)} />}
      </FileLine>
      {failure && file && !isHopeless(failure.code) && (
        <button
          type="button"
          class="quiet again"
          aria-label={words.files.retry(name)}
          onClick={() => hands.uploads.retry(key)}
        >
          {words.again}
        </button>
      )}
      <IconButton icon="close" label={words.files.remove(name)} onClick={remove} />
    </li>
  )
}

/** Each change of state once, for those who hear it. */
function useSaid(files: readonly PickedFile[]): string {
  const words = useWords()
  const before = useRef(new Map<string, string>())
  const [said, setSaid] = useState('')
  useEffect(() => {
    const news: string[] = []
    const now = new Map<string, string>()
    for (const { key, name, attachment, failure } of files) {
      const state = attachment ? 'ready' : failure ? 'refused' : 'waiting'
      now.set(key, state)
      if (before.current.get(key) === state) continue
      const reason = failure ? ` ${words.because[failure.code] ?? failure.message}` : ''
      news.push(words.files[state](cleanFileName(name)) + reason)
    }
    before.current = now
    if (news.length) setSaid(news.join('\n'))
  })
  return said
}

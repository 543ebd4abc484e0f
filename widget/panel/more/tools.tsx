/** @jsxImportSource preact */
import { useRef } from 'preact/hooks'
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { Emoji } from './emoji.tsx'
import { loadFiles } from './files-module.ts'
import { acceptOf, mayAttach } from './may-attach.ts'
import { useWords } from './words.ts'

const drawings = {
  clip: 'm20 11.5-8.4 8.4a5.2 5.2 0 0 1-7.3-7.3l8.4-8.5a3.5 3.5 0 0 1 4.9 4.9l-8.4 8.5a1.8 1.8 0 0 1-2.5-2.5l7.7-7.7',
  smile: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M8.5 14.5q3.5 3.5 7 0M9 9.5h.01M15 9.5h.01',
}

/** What the composer has besides text: files, and emoji. */
export function Tools() {
  const { core } = useSurroundings()
  useAtom(core.changes)
  return (
    <>
      {mayAttach(core.settings) && <Clip />}
      {core.settings.showEmojiFooterButton && <EmojiButton />}
    </>
  )
}

function Clip() {
  const surroundings = useSurroundings()
  const { core } = surroundings
  const words = useWords()
  const field = useRef<HTMLInputElement>(null)
  const fetchEarly = () => void loadFiles(surroundings)

  async function choose(input: HTMLInputElement) {
    const chosen = [...(input.files ?? [])]
    // The same file may be chosen again.
    input.value = ''
    const module = await loadFiles(surroundings)
    module.addFiles(surroundings, chosen)
  }

  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        accept={acceptOf(core.settings)}
        onInput={({ currentTarget }) => void choose(currentTarget)}
      />
      <button
        type="button"
        class="icon clip"
        aria-label={words.files.add}
        title={words.files.add}
        onPointerEnter={fetchEarly}
        onFocus={fetchEarly}
        onClick={() => field.current?.click()}
      >
        <Drawing path={drawings.clip} />
      </button>
    </>
  )
}

function EmojiButton() {
  const { chat } = useSurroundings()
  const words = useWords()
  const isOpen = useAtom(chat.aside) === 'emoji'
  return (
    <div class="options emoji">
      <button
        type="button"
        class="icon"
        aria-label={words.emoji}
        title={words.emoji}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => chat.aside.set(isOpen ? undefined : 'emoji')}
      >
        <Drawing path={drawings.smile} />
      </button>
      {isOpen && <Emoji />}
    </div>
  )
}

function Drawing({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}

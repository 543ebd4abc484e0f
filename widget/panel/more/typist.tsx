/** @jsxImportSource preact */
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'

/** Three dots while an agent types. */
export function Typist() {
  const { core, chat, texts } = useSurroundings()
  const name = useAtom(chat.typing)
  if (name === undefined || core.settings.typingLocation === 'header') return null
  return (
    <div class="row first typing">
      <span class="hidden">{texts.typing(name || texts.team)}</span>
      <span class="bubble theirs dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </div>
  )
}

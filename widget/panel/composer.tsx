/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { maxTextLength } from '../../protocol/limits.ts'
import { useSurroundings } from './app.tsx'
import { mayFocus } from './focus.ts'
import { Icon } from './icons.tsx'
import { attributesOf, isComposerOff } from './message-attributes.ts'
import { present } from './more.ts'
import { Part } from './part.tsx'
import { useAtom } from './use-atom.ts'

const warnFrom = maxTextLength - 500

/** Where the visitor writes. What stands here is kept over reloads, for its writer alone. */
export function Composer({ owner }: { owner: string }) {
  const { core, chat, texts } = useSurroundings()
  const isOpen = useAtom(core.isOpen)
  const draft = `draft_${owner}`
  const [text, setText] = useState(() => String(core.shelf.get(draft) ?? ''))
  const field = useRef<HTMLTextAreaElement>(null)
  const newest = useAtom(chat.rows).at(-1)
  const isClosed = useAtom(chat.conversation)?.state === 'resolved'
  const aside = useAtom(chat.aside)
  const isTooLong = text.length > maxTextLength
  const files = useAtom(chat.files)
  const isEmpty = !(text.trim() || files[0])
  /** What stands beside the text is fetched when somebody comes near. */
  const [isNear, setNear] = useState(() => !!present())
  const come = () => setNear(true)

  useLayoutEffect(() => {
    const element = field.current
    if (!element || !isOpen) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  })

  useEffect(() => {
    // The panel was opened, or the form before it left, when there was no composer to give the focus to.
    const root = field.current?.getRootNode()
    const focused = root instanceof ShadowRoot ? root.activeElement : null
    const isFree = document.activeElement === document.body || focused?.classList.contains('panel')
    if (isFree && mayFocus()) field.current?.focus({ preventScroll: true })
  }, [])

  function change(next: string) {
    setText(next)
    if (next) core.shelf.set(draft, next)
    else core.shelf.remove(draft)
  }

  function send() {
    if (isEmpty || isTooLong) return
    chat.submit(text.trim(), undefined, false, files)
    change('')
    field.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }

  function onInput({ currentTarget }: { currentTarget: HTMLTextAreaElement }) {
    change(currentTarget.value)
    if (currentTarget.value) chat.isTyping()
  }

  if (aside === 'ending') return <Part name="ending" isAside />
  if (isComposerOff(newest) || (isClosed && !core.settings.allowReopen)) return null
  return (
    <form
      class="composer"
      onFocusIn={come}
      onPointerEnter={come}
      onDragEnter={come}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {isNear && <Part name="tray" about={owner} isAside />}
      <textarea
        ref={field}
        rows={1}
        dir={text ? 'auto' : undefined}
        value={text}
        placeholder={String(attributesOf(newest).typeMessagePlaceholder ?? texts.write)}
        aria-label={texts.write}
        aria-invalid={isTooLong}
        aria-describedby="length"
        enterkeyhint="send"
        onInput={onInput}
        onKeyDown={onKeyDown}
      />
      {text.length > warnFrom && <Part name="length" about={`${text.length}`} isAside />}
      {isNear && <Part name="tools" isAside />}
      <button type="submit" class="send" aria-label={texts.send} disabled={isEmpty || isTooLong}>
        <Icon name="send" />
      </button>
    </form>
  )
}

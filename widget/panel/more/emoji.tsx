/** @jsxImportSource preact */
import { useSurroundings } from '../app.tsx'
import { buttonsIn, useOverlay } from './overlay.ts'
import { useWords } from './words.ts'

const emoji = Array.from(
  new Intl.Segmenter('en').segment(
    '😀😄😅😂🙂🙃😉🥰😍😘🤔😴🥳😎🤓😟😢😭😱😤😠😡👋✋👌✌️🤞👍👎👏🙌🙏👀❤️💛💚💙💜💔💯✨🔥🎉🎁✅❓❗📦📧📞💡🔒💳✈️☀️',
  ),
  ({ segment }) => segment,
)

const columns = 8

/** A few that people use; phones have all of them on their keyboards. */
export function Emoji() {
  const { chat } = useSurroundings()
  const words = useWords()
  const grid = useOverlay(chat)

  function onKeyDown(event: KeyboardEvent) {
    const { all, present } = buttonsIn(grid.current)
    const toRight = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? -1 : 1
    const step = { ArrowRight: toRight, ArrowLeft: -toRight, ArrowDown: columns, ArrowUp: -columns }[event.key]
    if (step === undefined) return
    event.preventDefault()
    all[present + step]?.focus()
  }

  return (
    <div ref={grid} class="picker" role="dialog" aria-label={words.emojiPicker} onKeyDown={onKeyDown}>
      {emoji.map((one, index) => (
        <button
          key={one}
          type="button"
          tabIndex={index ? -1 : 0}
          onClick={() => {
            insert(grid.current, one)
            chat.aside.set(undefined)
          }}
        >
          {one}
        </button>
      ))}
    </div>
  )
}

/** Where the cursor is, as if it had been typed. */
function insert(picker: HTMLElement | null, text: string): void {
  const field = picker?.closest('form')?.querySelector('textarea')
  if (!field) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  field.focus({ preventScroll: true })
}

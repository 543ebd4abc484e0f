import { type ClipboardEvent, type KeyboardEvent, type RefObject, useLayoutEffect } from 'react'
import { pastedFiles } from '../files/use-choosing.ts'

interface GrowingTextProps {
  ref: RefObject<HTMLTextAreaElement | null>
  value: string
  onChange: (value: string) => void
  onSend: () => void
  onFiles: (files: readonly File[]) => void
  label: string
  placeholder: string
}

/** Grows with what is written; the style sheet says how far. */
export function GrowingText({ ref, value, onChange, onSend, onFiles, label, placeholder }: GrowingTextProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const field = ref.current
    if (field === null) return
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }, [value, ref])

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    // While an input method composes, Enter chooses a word.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') event.currentTarget.blur()
    else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      onSend()
    }
    event.stopPropagation()
  }

  function onPaste(event: ClipboardEvent) {
    const files = pastedFiles(event.clipboardData)
    if (files.length === 0) return
    event.preventDefault()
    onFiles(files)
  }

  return (
    <textarea
      ref={ref}
      className="composer-text"
      rows={1}
      dir="auto"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      enterKeyHint="send"
    />
  )
}

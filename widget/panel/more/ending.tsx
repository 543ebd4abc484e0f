/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useSurroundings } from '../app.tsx'
import { useWords } from './words.ts'

/** Asks before it closes the chat: a finger slips, and the chat is worth more than a tap. */
export function Ending() {
  const { core, chat } = useSurroundings()
  const words = useWords()
  const [state, setState] = useState<'asking' | 'answering' | 'failed'>('asking')
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus({ preventScroll: true }), [])

  async function close() {
    const conversation = chat.conversation.get()?.id
    if (!conversation || state === 'answering') return
    setState('answering')
    try {
      chat.learned(await core.call('POST /conversations/:conversation/close', { params: { conversation } }))
      chat.aside.set(undefined)
    } catch (error) {
      core.events.report(error)
      setState('failed')
    }
  }

  return (
    <section class="question ending" role="alertdialog" aria-labelledby="ending-question">
      <p id="ending-question">{words.closeQuestion}</p>
      <p class="problem" role="alert">
        {state === 'failed' && words.failed}
      </p>
      <button ref={first} type="button" class="primary" onClick={() => void close()}>
        {words.closeChat}
      </button>
      <button type="button" class="quiet" onClick={() => chat.aside.set(undefined)}>
        {words.cancel}
      </button>
    </section>
  )
}

/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { useSurroundings } from '../app.tsx'
import { focusInside } from '../focus.ts'
import { useAtom } from '../use-atom.ts'
import { useWords } from './words.ts'

/**
 * Asks whether what was written here before the sign-in belongs to the account (VS7). Nothing of it is shown before
 * the answer: the one who signed in may be another person at the same computer.
 */
export function CarryOver() {
  const { core, chat } = useSurroundings()
  const words = useWords()
  const who = useAtom(core.session.who)
  const [state, setState] = useState<'asking' | 'answering' | 'failed'>('asking')
  if (who.state !== 'verified' || !who.carryOver) return null

  async function answer(keep: boolean, button: HTMLElement) {
    const panel = button.closest<HTMLElement>('.panel')
    if (state === 'answering' || who.state !== 'verified') return
    setState('answering')
    try {
      if (keep) chat.awaitKept()
      const counts = await core.call('POST /visitor-session/carry-over', { body: { keep } })
      if (core.session.who.get() === who) core.session.learned({ ...who, ...counts, carryOver: null })
      // The buttons go, and the keyboard must not go with them.
      focusInside(panel)
    } catch (error) {
      core.events.report(error)
      setState('failed')
    }
  }

  return (
    <section class="question" aria-labelledby="keep-question">
      <p id="keep-question" role="status">
        {words.keepQuestion}
      </p>
      <p class="problem" role="alert">
        {state === 'failed' && words.failed}
      </p>
      <button type="button" class="primary" onClick={({ currentTarget }) => answer(true, currentTarget)}>
        {words.keep}
      </button>
      <button type="button" class="quiet" onClick={({ currentTarget }) => answer(false, currentTarget)}>
        {words.noThanks}
      </button>
    </section>
  )
}

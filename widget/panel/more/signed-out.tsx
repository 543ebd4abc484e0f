/** @jsxImportSource preact */
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { useWords } from './words.ts'

/** Nobody is signed in here: why, and what to do about it. */
export function SignedOut() {
  const { core } = useSurroundings()
  const words = useWords()
  const who = useAtom(core.session.who)
  const reason = who.state === 'out' ? who.reason : undefined
  const project = useAtom(core.project)
  const code = reason?.code ?? 'authentication_required'
  // Run out, ended or forgotten is all one to the visitor.
  const because = words.because[code.startsWith('session_') ? 'session' : code]
  const heading = words.heading[code]
  // The browser's visitor is another tab's then; a guest here would sign that one out.
  const isAnotherTabs = code === 'identity_changed'
  const mayBeGuest = core.settings.autoStart && project?.enforcement !== 'required' && !heading && !isAnotherTabs
  return (
    <div class="signed-out" role="alert">
      <span class="sign">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M4 12h11M11 8l4 4-4 4" />
        </svg>
      </span>
      <h2>{heading ?? words.signedOut}</h2>
      <p>{because ?? words.because.other}</p>
      {!heading && <p>{words.signInAgain}</p>}
      {!because && reason && (
        <p class="code">
          {reason.message} ({reason.code})
        </p>
      )}
      {!heading && (
        <button type="button" class="primary" onClick={() => location.reload()}>
          {words.reload}
        </button>
      )}
      {mayBeGuest && (
        <button type="button" class="quiet" onClick={() => core.session.signInAsGuest()}>
          {words.guest}
        </button>
      )}
    </div>
  )
}

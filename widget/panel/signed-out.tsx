/** @jsxImportSource preact */
import type { Trouble } from '../report.ts'
import { useSurroundings } from './app.tsx'
import { Icon } from './icons.tsx'
import { useAtom } from './use-atom.ts'

/** Nobody is signed in here: why, and what to do about it. */
export function SignedOut({ reason }: { reason: Trouble | undefined }) {
  const { core, texts } = useSurroundings()
  const project = useAtom(core.project)
  const code = reason?.code ?? 'authentication_required'
  // Run out, ended or forgotten is all one to the visitor.
  const because = texts.because[code.startsWith('session_') ? 'session' : code]
  const heading = texts.heading[code]
  // The browser's visitor is another tab's then; a guest here would sign that one out.
  const isAnotherTabs = code === 'identity_changed'
  const mayBeGuest = core.settings.autoStart && project?.enforcement !== 'required' && !heading && !isAnotherTabs
  return (
    <div class="signed-out" role="alert">
      <span class="sign">
        <Icon name="door" />
      </span>
      <h2>{heading ?? texts.signedOut}</h2>
      <p>{because ?? texts.because.other}</p>
      {!heading && <p>{texts.signInAgain}</p>}
      {!because && reason && (
        <p class="code">
          {reason.message} ({reason.code})
        </p>
      )}
      {!heading && (
        <button type="button" class="primary" onClick={() => location.reload()}>
          {texts.reload}
        </button>
      )}
      {mayBeGuest && (
        <button type="button" class="quiet" onClick={() => core.session.signInAsGuest()}>
          {texts.guest}
        </button>
      )}
    </div>
  )
}

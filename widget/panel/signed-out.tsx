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
  const because = texts.because[code]
  const isFinal = code === 'banned' || code === 'authentication_required'
  // The browser's visitor is another tab's then; a guest here would sign that one out.
  const isAnotherTabs = code === 'identity_changed'
  const mayBeGuest = core.settings.autoStart && project?.enforcement !== 'required' && !isFinal && !isAnotherTabs
  return (
    <div class="signed-out" role="alert">
      <span class="sign">
        <Icon name="door" />
      </span>
      <h2>{texts.signedOut}</h2>
      <p>{because ?? texts.because.other}</p>
      {!because && reason && (
        <p class="code">
          {reason.message} ({reason.code})
        </p>
      )}
      {!isFinal && (
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

import { useRef, useState } from 'react'
import { ConfirmDialog } from '../../../parts/confirm-dialog.tsx'
import { codeOf, sentenceFor } from '../../../stores/api.ts'
import { toast } from '../../../stores/toasts.ts'
import { type Arrivals, arrivals } from './enforcement-query.ts'

/** The second question stands where the first one stood; a double press must not answer both. */
const readingMs = 800

interface RequireDialogProps {
  counts: Arrivals | undefined
  onRequire: (override: boolean) => Promise<void>
  onClose: () => void
}

/** Nobody should shut out everybody by a slip: if no token has worked lately, it is asked once more (VS10). */
export function RequireDialog({ counts, onRequire, onClose }: RequireDialogProps) {
  const [busy, setBusy] = useState(false)
  const [untried, setUntried] = useState(false)
  const [error, setError] = useState<string>()
  const askedAt = useRef(0)

  async function require() {
    if (busy || Date.now() - askedAt.current < readingMs) return
    setBusy(true)
    setError(undefined)
    try {
      await onRequire(untried)
      toast('Saved')
      onClose()
    } catch (refusal) {
      if (codeOf(refusal) === 'no_recent_sign_in') {
        askedAt.current = Date.now()
        setUntried(true)
      } else setError(sentenceFor(refusal))
    } finally {
      setBusy(false)
    }
  }

  const question = untried
    ? { title: 'Nobody has signed in lately', verb: 'Require tokens all the same' }
    : { title: 'Require a token from everybody?', verb: 'Require tokens now' }
  return (
    <ConfirmDialog {...question} busy={busy} error={error} isOpen onConfirm={() => void require()} onClose={onClose}>
      {untried ? <Untried counts={counts} /> : <Consequence counts={counts} />}
    </ConfirmDialog>
  )
}

function Consequence({ counts }: { counts: Arrivals | undefined }) {
  return (
    <>
      {counts && <p className="dialog-strong">{arrivals(counts)}</p>}
      <p>Anonymous visitors are signed out at once and cannot write any more. Signed-in visitors notice nothing.</p>
    </>
  )
}

function Untried({ counts }: { counts: Arrivals | undefined }) {
  return (
    <div className="dialog-body" role="alert">
      <p className="dialog-strong">
        No valid token has come in the last {counts?.days ?? 7} days. If your pages do not sign visitors in yet, nobody
        can write to you from now on.
      </p>
      <p>Better: sign in once on your site, or look into the sign-in log, and require tokens when it works.</p>
    </div>
  )
}

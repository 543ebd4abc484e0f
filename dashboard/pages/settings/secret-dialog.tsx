import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SamplesView } from './samples-view.tsx'
import '../../styles/secret-dialog.css'

interface SecretDialogProps {
  secret: string
  onClose: () => void
}

/** The one time that a secret is seen whole (SS3). Closing it without having copied anything asks once. */
export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  const [copied, setCopied] = useState(false)
  const [asking, setAsking] = useState(false)
  const leave = () => (copied || asking ? onClose() : setAsking(true))
  const noteCopied = () => {
    setCopied(true)
    setAsking(false)
  }
  return (
    <Dialog
      title="Your new shared secret"
      width="wide"
      isOpen
      dismissable={false}
      onClose={leave}
      actions={
        <>
          {asking && (
            <p className="secret-ask" role="alert">
              You have not copied it. Close it all the same?
            </p>
          )}
          {asking && <Button onPress={() => setAsking(false)}>Back</Button>}
          <Button look={asking ? 'danger' : 'primary'} onPress={leave}>
            {asking ? 'Close without copying' : 'I have saved it'}
          </Button>
        </>
      }
    >
      <div className="secret">
        <code className="secret-text">{secret}</code>
        <CopyButton text={secret} label="Copy" look="primary" onCopied={noteCopied} autoFocus />
      </div>
      <p>
        <strong>It will not be shown again.</strong> Put it where your server keeps its secrets, never into a page.
      </p>
      <SamplesView secret={secret} onCopied={noteCopied} />
    </Dialog>
  )
}

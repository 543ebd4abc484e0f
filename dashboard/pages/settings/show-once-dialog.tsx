import { type ReactNode, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import '../../styles/secret-dialog.css'

interface ShowOnceDialogProps {
  title: string
  text: string
  /** What becomes of it now, after the sentence that it will not be shown again. */
  sentence: string
  onClose: () => void
  /** More to copy, with the text in it. */
  children: (noteCopied: () => void) => ReactNode
}

/** The one time that a secret is seen whole (SS3). Closing it without having copied anything asks once. */
export function ShowOnceDialog({ title, text, sentence, onClose, children }: ShowOnceDialogProps) {
  const [copied, setCopied] = useState(false)
  const [asking, setAsking] = useState(false)
  const leave = () => (copied || asking ? onClose() : setAsking(true))
  const noteCopied = () => {
    setCopied(true)
    setAsking(false)
  }
  return (
    <Dialog
      title={title}
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
          <Button look={asking ? 'danger' : copied ? 'primary' : 'plain'} onPress={leave}>
            {asking ? 'Close without copying' : 'I have saved it'}
          </Button>
        </>
      }
    >
      <div className="secret">
        <code className="secret-text">{text}</code>
        <CopyButton text={text} label="Copy" look="primary" onCopied={noteCopied} autoFocus />
      </div>
      <p>
        <strong>It will not be shown again.</strong> {sentence}
      </p>
      {children(noteCopied)}
    </Dialog>
  )
}

import { ShowOnceDialog } from '../../show-once-dialog.tsx'
import { SamplesView } from '../samples-view.tsx'

interface SecretDialogProps {
  secret: string
  onClose: () => void
}

export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  return (
    <ShowOnceDialog
      title="Your new shared secret"
      text={secret}
      sentence="Put it where your server keeps its secrets, never into a page."
      onClose={onClose}
    >
      {(noteCopied) => <SamplesView secret={secret} onCopied={noteCopied} />}
    </ShowOnceDialog>
  )
}

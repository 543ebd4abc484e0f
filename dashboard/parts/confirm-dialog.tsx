import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { FormError } from './field.tsx'

interface ConfirmDialogProps {
  title: string
  /** What the button does, in the words of the question. */
  verb: string
  look?: 'danger' | 'primary'
  busy: boolean
  /** Why it was not done. */
  error: string | undefined
  isOpen: boolean
  onConfirm: () => void
  onClose: () => void
  /** What comes of it. */
  children: ReactNode
}

/** A question that must be answered before something is done that is felt elsewhere. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, verb, look = 'danger', busy, error, isOpen, onConfirm, onClose, children } = props
  return (
    <Dialog
      title={title}
      role="alertdialog"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look={look} busy={busy} onPress={onConfirm}>
            {verb}
          </Button>
        </>
      }
    >
      {children}
      {error && <FormError>{error}</FormError>}
    </Dialog>
  )
}

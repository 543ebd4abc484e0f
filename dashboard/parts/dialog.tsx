import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import '../styles/dialog.css'

interface DialogProps {
  title: string
  isOpen: boolean
  /** Escape, or a press beside it. */
  onClose: () => void
  width?: 'narrow' | 'wide'
  /** For questions that must be answered. */
  role?: 'dialog' | 'alertdialog'
  /** False: a press beside it does nothing, so that nothing is lost by a slip. */
  dismissable?: boolean
  children: ReactNode
  actions?: ReactNode
}

export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, width = 'narrow', role = 'dialog', dismissable = true, children, actions } = props
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={dismissable}
    >
      <Modal className={`modal modal-${width}`}>
        <AriaDialog className="dialog" role={role}>
          <Heading slot="title" level={2} className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          {actions && <div className="dialog-actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

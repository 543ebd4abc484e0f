import type { SharedSecret } from '../../../protocol/records.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { api } from '../../stores/api.ts'
import { consequence } from './secrets-query.ts'
import { useSecretAct } from './use-secret-act.ts'

interface RevokeDialogProps {
  secret: SharedSecret
  projectId: string
  isOpen: boolean
  onClose: () => void
}

/** Says in numbers what revoking does, before it is done (SS7). */
export function RevokeDialog({ secret, projectId, isOpen, onClose }: RevokeDialogProps) {
  const { busy, run } = useSecretAct(projectId, onClose)
  const params = { project: projectId, key: secret.id }
  const revoke = () => run(() => api('POST /projects/:project/shared-secrets/:key/revoke', { params }), 'Revoked')
  return (
    <Dialog
      title={`Revoke …${secret.last4}?`}
      role="alertdialog"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="danger" busy={busy} onPress={() => void revoke()}>
            Revoke now
          </Button>
        </>
      }
    >
      <p className="dialog-strong">{consequence([secret])}</p>
      <p>
        Tokens signed with it are refused from then on. Visitors come back by themselves once your server signs with
        another secret. What they wrote is kept.
      </p>
    </Dialog>
  )
}

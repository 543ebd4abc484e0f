import type { SharedSecret } from '../../../../../protocol/records.ts'
import { ConfirmDialog } from '../../../../parts/confirm-dialog.tsx'
import { api } from '../../../../stores/api.ts'
import { useAct } from '../../../use-act.ts'
import { consequence } from '../consequence.ts'
import { secretsQuery } from './secrets-query.ts'

interface RevokeDialogProps {
  secret: SharedSecret
  projectId: string
  isOpen: boolean
  onClose: () => void
}

/** Says in numbers what revoking does, before it is done (SS7). */
export function RevokeDialog({ secret, projectId, isOpen, onClose }: RevokeDialogProps) {
  const { run, ...asked } = useAct({ refresh: secretsQuery(projectId).queryKey, done: onClose })
  const params = { project: projectId, key: secret.id }
  const revoke = () => run(() => api('POST /projects/:project/shared-secrets/:key/revoke', { params }), 'Revoked')
  return (
    <ConfirmDialog
      title={`Revoke …${secret.last4}?`}
      verb="Revoke now"
      {...asked}
      isOpen={isOpen}
      onConfirm={() => void revoke()}
      onClose={onClose}
    >
      <p className="dialog-strong">{consequence([secret])}</p>
      <p>
        Tokens signed with it are refused from then on. Visitors come back by themselves once your server signs with
        another secret. What they wrote is kept.
      </p>
    </ConfirmDialog>
  )
}

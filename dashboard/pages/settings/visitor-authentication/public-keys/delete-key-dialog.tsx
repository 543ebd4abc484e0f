import type { PublicKey } from '../../../../../protocol/admin-records.ts'
import { ConfirmDialog } from '../../../../parts/confirm-dialog.tsx'
import { api } from '../../../../stores/api.ts'
import { useAct } from '../../../use-act.ts'
import { consequence } from '../consequence.ts'
import { publicKeysQuery } from './public-keys-query.ts'

interface DeleteKeyDialogProps {
  publicKey: PublicKey
  projectId: string
  isOpen: boolean
  onClose: () => void
}

/** Deleting a public key acts as revoking a secret does, and says so in the same numbers (SS7, SS8). */
export function DeleteKeyDialog({ publicKey, projectId, isOpen, onClose }: DeleteKeyDialogProps) {
  const { run, ...asked } = useAct({ refresh: publicKeysQuery(projectId).queryKey, done: onClose })
  const params = { project: projectId, key: publicKey.id }
  const remove = () => run(() => api('DELETE /projects/:project/public-keys/:key', { params }), 'Deleted')
  const isSet = publicKey.jwks !== null
  return (
    <ConfirmDialog
      title={isSet ? 'Delete this JWKS address?' : 'Delete this public key?'}
      verb="Delete now"
      {...asked}
      isOpen={isOpen}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <p className="dialog-strong">{consequence([publicKey], isSet ? 'address' : 'key')}</p>
      <p>
        Tokens signed with {isSet ? 'its keys' : 'it'} are refused from then on. Visitors come back by themselves once
        your server signs with another key. What they wrote is kept.
      </p>
    </ConfirmDialog>
  )
}

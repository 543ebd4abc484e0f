import { useState } from 'react'
import { Button } from '../../../../parts/button.tsx'
import { Choice } from '../../../../parts/choice.tsx'
import { Dialog } from '../../../../parts/dialog.tsx'
import { FormError } from '../../../../parts/field.tsx'
import { api } from '../../../../stores/api.ts'
import { useAct } from '../../../use-act.ts'
import { type Grace, graces, secretsQuery } from './secrets-query.ts'

interface RetireDialogProps {
  secretId: string
  last4: string
  projectId: string
  isOpen: boolean
  onClose: () => void
}

export function RetireDialog({ secretId, last4, projectId, isOpen, onClose }: RetireDialogProps) {
  const [grace, setGrace] = useState<Grace>('86400')
  const { busy, error, run } = useAct({ refresh: secretsQuery(projectId).queryKey, done: onClose })
  const retire = () =>
    run(
      () =>
        api('POST /projects/:project/shared-secrets/:key/retire', {
          params: { project: projectId, key: secretId },
          body: { graceSeconds: Number(grace) },
        }),
      'Retired',
    )
  return (
    <Dialog
      title={`Retire …${last4}?`}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} onPress={() => void retire()}>
            Retire
          </Button>
        </>
      }
    >
      <p>Nobody is signed out. Tokens signed with it are accepted for a while longer, then refused.</p>
      <Choice label="Accept its tokens for" options={graces} value={grace} onChange={setGrace} />
      {error && <FormError>{error}</FormError>}
    </Dialog>
  )
}

import { useState } from 'react'
import type { Visitor } from '../../../../protocol/records.ts'
import { ConfirmDialog } from '../../../parts/confirm-dialog.tsx'
import { Field } from '../../../parts/field.tsx'
import { visitorName } from '../../../parts/standing.ts'
import { api } from '../../../stores/api.ts'
import { bansQuery } from '../../bans-query.ts'
import { useAct } from '../../use-act.ts'
import { useHere } from '../../workspace-context.ts'

const longestReason = 400

export function BanDialog({ visitor, onClose }: { visitor: Visitor; onClose: () => void }) {
  const { projectId } = useHere().workspace
  const [reason, setReason] = useState('')
  const { run, ...asked } = useAct({ refresh: bansQuery(projectId).queryKey, done: onClose })
  function ban() {
    const body = { visitorId: visitor.id, ...(reason.trim() !== '' && { reason: reason.trim() }) }
    void run(() => api('POST /projects/:project/bans', { params: { project: projectId }, body }), 'Banned')
  }
  return (
    <ConfirmDialog
      title={`Ban \u2068${visitorName(visitor)}\u2069?`}
      verb="Ban"
      {...asked}
      isOpen
      onConfirm={ban}
      onClose={onClose}
    >
      <p>{visitor.externalId === null ? anonymous : known}</p>
      <Field
        label="Reason"
        name="reason"
        value={reason}
        onChange={setReason}
        maxLength={longestReason}
        autoComplete="off"
        hint="For your team. The visitor does not see it."
      />
    </ConfirmDialog>
  )
}

const known =
  'This person is signed out within a second and cannot write any more, in any browser. What was written stays, and the ban can be lifted.'
const anonymous =
  'This visitor is sent away within a second, and so is every anonymous visitor from the same address; others who share it can still sign in. What was written stays, and the ban can be lifted.'

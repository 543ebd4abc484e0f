import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../../../protocol/records.ts'
import { Button } from '../../../parts/button.tsx'
import { Choice } from '../../../parts/choice.tsx'
import { CopyButton } from '../../../parts/copy-button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { Field, FormError } from '../../../parts/field.tsx'
import { Form } from '../../../parts/form.tsx'
import { api } from '../../../stores/api.ts'
import type { Membership } from '../../../stores/me.ts'
import { useSubmit } from '../../use-submit.ts'
import { invitationsQuery } from './invitations.tsx'
import { rolesGivenBy } from './roles.ts'

interface InviteDialogProps {
  membership: Membership
  onClose: () => void
}

interface Invited {
  address: string
  email: string
  /** It is on its way to him. */
  mailed: boolean
}

export function InviteDialog({ membership, onClose }: InviteDialogProps) {
  const [link, setLink] = useState<Invited>()
  if (link) return <LinkDialog {...link} onClose={onClose} />
  return <AskDialog membership={membership} onClose={onClose} onInvited={setLink} />
}

interface AskDialogProps extends InviteDialogProps {
  onInvited: (link: Invited) => void
}

function AskDialog({ membership: { project, role: myRole }, onClose, onInvited }: AskDialogProps) {
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('agent')
  const submit = useSubmit(async () => {
    const { link, mailed } = await api('POST /projects/:project/invitations', {
      params: { project: project.id },
      body: { email, role },
    })
    onInvited({ address: link, email, mailed })
    await queries.invalidateQueries({ queryKey: invitationsQuery(project.id).queryKey })
  })
  return (
    <Dialog title="Invite somebody" isOpen onClose={onClose}>
      <Form className="dialog-form" {...submit.form}>
        <Field label="E-mail" name="email" type="email" value={email} onChange={setEmail} isRequired autoFocus />
        <Choice label="Role" options={rolesGivenBy(myRole)} value={role} onChange={setRole} />
        {submit.error && <FormError>{submit.error}</FormError>}
        <div className="dialog-actions">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={submit.busy}>
            Invite
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

function LinkDialog({ address, email, mailed, onClose }: Invited & { onClose: () => void }) {
  return (
    <Dialog
      title={mailed ? `${email} gets a mail` : `Send this link to ${email}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Close</Button>
          <CopyButton text={address} label="Copy link" look="primary" autoFocus />
        </>
      }
    >
      {mailed && <p>It holds this link. If it does not arrive, send the link yourself.</p>}
      <p className="invite-link mono">{address}</p>
      <p>It works once, for 7 days, and is not shown again.</p>
    </Dialog>
  )
}

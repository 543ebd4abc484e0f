import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Department } from '../../../../protocol/records.ts'
import { Button } from '../../../parts/button.tsx'
import { Checks } from '../../../parts/checks.tsx'
import { cleanName } from '../../../parts/clean-name.ts'
import { Dialog } from '../../../parts/dialog.tsx'
import { Field, FormError } from '../../../parts/field.tsx'
import { Form } from '../../../parts/form.tsx'
import { api, apiMatching, codeOf } from '../../../stores/api.ts'
import { departmentsQuery } from '../../departments-query.ts'
import { membersQuery } from '../../members-query.ts'
import { useSubmit } from '../../use-submit.ts'
import { changesIn } from '../changes.ts'

interface DepartmentDialogProps {
  projectId: string
  /** The one that is changed; without it, one is added. */
  department?: Department
  onClose: () => void
}

export function DepartmentDialog({ projectId, department, onClose }: DepartmentDialogProps) {
  const queries = useQueryClient()
  const { data } = useQuery(membersQuery(projectId))
  const [name, setName] = useState(department?.name ?? '')
  const [legacyId, setLegacyId] = useState(department?.legacyId ?? '')
  const [agentIds, setAgentIds] = useState(department?.agentIds ?? [])
  const [before] = useState(department)
  const [etag, setEtag] = useState(department?.etag)
  const submit = useSubmit(async () => {
    const fields = { name, legacyId: legacyId === '' ? null : legacyId, agentIds }
    if (before) {
      const params = { project: projectId, department: before.id }
      const body = changesIn<typeof fields>(before, fields)
      await apiMatching(etag)('PATCH /projects/:project/departments/:department', { params, body }).catch(lookAgain)
    } else await api('POST /projects/:project/departments', { params: { project: projectId }, body: fields })
    onClose()
    await queries.invalidateQueries({ queryKey: departmentsQuery(projectId).queryKey })
  })
  /** What is typed stays; saved once more, it is meant. */
  async function lookAgain(error: unknown): Promise<never> {
    if (codeOf(error) === 'changed_meanwhile') {
      const { departments } = await queries.fetchQuery({ ...departmentsQuery(projectId), staleTime: 0 })
      setEtag(departments.find(({ id }) => id === department?.id)?.etag)
    }
    throw error
  }
  const members = (data?.members ?? []).map(({ agent, role }) => ({
    value: agent.id,
    text: cleanName(agent.name) ?? agent.email,
    ...(role !== 'agent' && { hint: 'Sees every conversation anyway.' }),
  }))
  return (
    <Dialog title={department ? 'Change the department' : 'Add a department'} isOpen onClose={onClose}>
      <Form className="dialog-form" {...submit.form}>
        <Field
          label="Name"
          name="name"
          value={name}
          onChange={setName}
          maxLength={120}
          isRequired
          autoFocus
          autoComplete="off"
          hint="Visitors read it."
        />
        <Field
          label="Legacy id"
          name="legacyId"
          value={legacyId}
          onChange={setLegacyId}
          pattern="[A-Za-z0-9_\-]{1,64}"
          autoComplete="off"
          hint="What your pages say as departmentID, if they were written for Tiledesk."
        />
        {members.length > 0 && (
          <Checks label="Who is in it" options={members} values={agentIds} onChange={setAgentIds} />
        )}
        {submit.error && <FormError>{submit.error}</FormError>}
        <div className="dialog-actions">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={submit.busy}>
            {department ? 'Save' : 'Add'}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

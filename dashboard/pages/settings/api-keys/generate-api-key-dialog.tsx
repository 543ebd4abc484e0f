import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiScope } from '../../../../protocol/admin-records.ts'
import type { Answer } from '../../../../protocol/endpoints.ts'
import { Button } from '../../../parts/button.tsx'
import { Checks } from '../../../parts/checks.tsx'
import { FieldComplaint } from '../../../parts/complaints.ts'
import { Dialog } from '../../../parts/dialog.tsx'
import { Field, FormError } from '../../../parts/field.tsx'
import { Form } from '../../../parts/form.tsx'
import { api } from '../../../stores/api.ts'
import { useSubmit } from '../../use-submit.ts'
import { apiKeysQuery } from './api-keys-query.ts'
import { scopes } from './scopes.ts'

interface GenerateApiKeyDialogProps {
  projectId: string
  onGenerated: (made: Answer<'POST /projects/:project/api-keys'>) => void
  onClose: () => void
}

const options = scopes.map(({ scope, text, hint }) => ({ value: scope, text, hint }))

export function GenerateApiKeyDialog({ projectId, onGenerated, onClose }: GenerateApiKeyDialogProps) {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<ApiScope[]>([])
  const submit = useSubmit(async () => {
    if (chosen.length === 0) throw new FieldComplaint('scopes', 'Choose what it may do.')
    const body = { name: name.trim(), scopes: chosen }
    onGenerated(await api('POST /projects/:project/api-keys', { params: { project: projectId }, body }))
    await queries.invalidateQueries({ queryKey: apiKeysQuery(projectId).queryKey })
  })
  return (
    <Dialog title="Generate an API key" isOpen onClose={onClose}>
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
          placeholder="Shop backend"
          hint="What uses it, so that you know later what to change when you revoke it."
        />
        <Checks label="What it may do" options={options} values={chosen} onChange={setChosen} />
        {submit.error && <FormError>{submit.error}</FormError>}
        <div className="dialog-actions">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={submit.busy}>
            Generate
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

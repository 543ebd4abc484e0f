import { useState } from 'react'
import type { Project } from '../../../../protocol/records.ts'
import { Field } from '../../../parts/field.tsx'
import { toast } from '../../../stores/toasts.ts'
import { Snippet } from '../../installation.tsx'
import { useSubmit } from '../../use-submit.ts'
import { SettingForm } from '../setting-form.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { SiteAddress } from './site-address.tsx'

export function ProjectSettings() {
  const { project } = useProject()
  return (
    <>
      <SettingGroup title="General" sentence="What the project is called, and how pages know it.">
        <General project={project} />
      </SettingGroup>
      <SettingGroup title="Snippet" sentence="It goes into every page that is to have the chat.">
        <Snippet projectId={project.id} />
      </SettingGroup>
      <SiteAddress />
    </>
  )
}

function General({ project }: { project: Project }) {
  const { change } = useProject()
  const before = {
    name: project.name,
    legacyId: project.legacyId ?? '',
  }
  const [form, setForm] = useState(before)
  const set = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value })
  const changed = JSON.stringify(form) !== JSON.stringify(before)
  const submit = useSubmit(async () => {
    const { name, legacyId } = form
    await change({ name, legacyId: legacyId === '' ? null : legacyId })
    toast('Saved')
  })
  return (
    <SettingForm submit={submit} isDisabled={!changed}>
      <Field label="Name" name="name" value={form.name} onChange={set('name')} maxLength={120} isRequired />
      <Field
        label="Legacy id"
        name="legacyId"
        value={form.legacyId}
        onChange={set('legacyId')}
        pattern="[A-Za-z0-9_\-]{1,64}"
        hint="The project id that your pages used with Tiledesk. They then work unchanged but for the script’s address."
      />
    </SettingForm>
  )
}

import { useState } from 'react'
import { Field } from '../../../parts/field.tsx'
import { toast } from '../../../stores/toasts.ts'
import { useSubmit } from '../../use-submit.ts'
import { SettingForm } from '../setting-form.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'

/** Where a mail about missed messages leads its visitor back to. */
export function SiteAddress() {
  const { project, change } = useProject()
  const before = project.siteUrl ?? ''
  const [address, setAddress] = useState(before)
  const submit = useSubmit(async () => {
    const siteUrl = address.trim()
    await change({ siteUrl: siteUrl === '' ? null : siteUrl })
    toast('Saved')
  })
  return (
    <SettingGroup
      title="Mail to visitors"
      sentence="A signed-in visitor whose answer has been unread for ten minutes gets one mail with what he missed, if this server can send mail."
    >
      <SettingForm submit={submit} isDisabled={address.trim() === before}>
        <Field
          label="Page to come back to"
          name="siteUrl"
          type="url"
          value={address}
          onChange={setAddress}
          maxLength={500}
          pattern="https?://\S+"
          placeholder="https://shop.example/account"
          hint="A page with the chat, where your customers are signed in. Leave it empty and no mails are sent."
        />
      </SettingForm>
    </SettingGroup>
  )
}

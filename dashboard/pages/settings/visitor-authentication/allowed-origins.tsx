import { useState } from 'react'
import { Label } from 'react-aria-components/Label'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField } from 'react-aria-components/TextField'
import { plural } from '../../../parts/time.ts'
import { toast } from '../../../stores/toasts.ts'
import { useSubmit } from '../../use-submit.ts'
import { SettingForm } from '../setting-form.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'

export function AllowedOrigins() {
  const { project, change } = useProject()
  const before = project.allowedOrigins.join('\n')
  const [text, setText] = useState(before)
  const submit = useSubmit(async () => {
    const allowedOrigins = originsIn(text)
    await change({ allowedOrigins })
    setText(allowedOrigins.join('\n'))
    toast('Saved')
  })
  const count = project.allowedOrigins.length
  return (
    <SettingGroup
      title="Allowed origins"
      sentence="The sites that may show this chat, one a line, as https://shop.example. None means any."
    >
      <SettingForm submit={submit} isDisabled={text === before}>
        <TextField className="field" value={text} onChange={setText}>
          <Label className="visually-hidden">Allowed origins</Label>
          <TextArea className="input input-lines mono" rows={Math.max(3, text.split('\n').length)} />
        </TextField>
        <p className="setting-now">
          {count === 0 ? 'Any site may show it now.' : `${plural(count, 'site')} may show it now.`}
        </p>
      </SettingForm>
    </SettingGroup>
  )
}

/** Whoever pastes a page's whole address means its origin. */
function originsIn(text: string): string[] {
  const lines = text.split(/\s+/).filter((line) => line !== '')
  return [...new Set(lines.map((line) => URL.parse(line)?.origin ?? line))].filter((origin) => origin !== 'null')
}

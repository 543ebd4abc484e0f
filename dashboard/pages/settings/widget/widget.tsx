import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { FieldComplaint } from '../../../parts/complaints.ts'
import { FormError } from '../../../parts/field.tsx'
import { Form } from '../../../parts/form.tsx'
import { fieldOf } from '../../../stores/api.ts'
import { toast } from '../../../stores/toasts.ts'
import { useSubmit } from '../../use-submit.ts'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { Behaviour } from './behaviour.tsx'
import { draftFrom, fieldsIn, settingsFrom } from './draft.ts'
import { FormGroup } from './form-group.tsx'
import { Looks } from './looks.tsx'
import { OwnWordsGroup } from './own-words-group.tsx'
import { PagesGroup } from './pages-group.tsx'
import { Preview } from './preview.tsx'
import { Texts } from './texts.tsx'
import '../../../styles/widget-settings.css'

/** What the chat looks like, says and asks for on every page that does not say otherwise. */
export function Widget() {
  const { project, change } = useProject()
  const before = draftFrom(project.widget)
  const [draft, setDraft] = useState(before)
  const [saved, setSaved] = useState(0)
  const set = (changes: Partial<typeof draft>) => setDraft({ ...draft, ...changes })
  const submit = useSubmit(async () => {
    const form = fieldsIn(draft.form)
    if (form === 'no list') throw new FieldComplaint('form', 'This is not a list of fields in JSON.')
    await change({ widget: settingsFrom(draft, form) })
    setSaved(saved + 1)
    toast('Saved')
  }, fieldAbout)
  const parts = { draft, set }
  return (
    <Form className="widget-form" {...submit.form}>
      <Looks {...parts} />
      <Texts {...parts} />
      <OwnWordsGroup {...parts} />
      <FormGroup {...parts} />
      <Behaviour {...parts} />
      <PagesGroup {...parts} />
      <div className="widget-save">
        {submit.error && <FormError>{submit.error}</FormError>}
        <Button
          type="submit"
          look="primary"
          busy={submit.busy}
          isDisabled={JSON.stringify(draft) === JSON.stringify(before)}
        >
          Save
        </Button>
        <p className="setting-now">A page’s own settings win over these. Pages take them within a minute.</p>
      </div>
      <SettingGroup title="Preview" sentence="As it is saved. What you write here arrives in your inbox.">
        <Preview key={saved} projectId={project.id} />
      </SettingGroup>
    </Form>
  )
}

/** The server names a setting by its path; the fields here go by its last part. */
function fieldAbout(error: unknown): string | undefined {
  const name = fieldOf(error)?.split(/[./]/)[1]
  return name === 'preChatFormJson' ? 'form' : name
}

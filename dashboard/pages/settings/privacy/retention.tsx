import { useState } from 'react'
import { OpenChoice } from '../../../parts/choice.tsx'
import { FieldComplaint } from '../../../parts/complaints.ts'
import { Field } from '../../../parts/field.tsx'
import { plural } from '../../../parts/time.ts'
import { toast } from '../../../stores/toasts.ts'
import { useSubmit } from '../../use-submit.ts'
import { SettingForm } from '../setting-form.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { RetentionDialog } from './retention-dialog.tsx'

const usual = 365
const longest = 3_650

/** How long conversations are kept. Whatever would go at once is said before it goes. */
export function Retention() {
  const { project, change } = useProject()
  const before = project.retentionDays
  const [kept, setKept] = useState<Kept>(before === null ? 'for ever' : 'for days')
  const [days, setDays] = useState(String(before ?? usual))
  const [asking, setAsking] = useState<number>()
  const wanted = kept === 'for ever' ? null : days.trim()
  const changed = wanted !== (before === null ? null : String(before))

  async function save(retentionDays: number | null) {
    await change({ retentionDays })
    toast('Saved')
  }
  const submit = useSubmit(async () => {
    const next = wanted === null ? null : parseDays(wanted)
    if (next === null || (before !== null && next >= before)) await save(next)
    else setAsking(next)
  })

  return (
    <SettingGroup
      title="Retention"
      sentence="How long a conversation is kept after the last thing that happened in it. Then it is erased, with its messages and files."
    >
      <SettingForm submit={submit} isDisabled={!changed}>
        <OpenChoice label="Conversations are kept" labelHidden options={options} value={kept} onChange={setKept} />
        {kept === 'for days' && (
          <Field
            label="Days without activity"
            name="retentionDays"
            inputMode="numeric"
            value={days}
            onChange={setDays}
            maxLength={4}
            autoComplete="off"
            hint="A new message, or a change of its state, begins the count anew."
            isRequired
          />
        )}
        <p className="setting-now">
          {before === null ? 'Everything is kept now.' : `Erased after ${plural(before, 'day')} now.`}
        </p>
      </SettingForm>
      {asking !== undefined && (
        <RetentionDialog
          projectId={project.id}
          days={asking}
          onSave={() => save(asking)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </SettingGroup>
  )
}

type Kept = 'for ever' | 'for days'

const options = [
  { value: 'for ever', text: 'Until you erase them', hint: 'Nothing is erased by itself.' },
  { value: 'for days', text: 'For a number of days', hint: 'Whatever is older is erased within the hour, for good.' },
] as const satisfies readonly { value: Kept; text: string; hint: string }[]

function parseDays(text: string): number {
  const days = Number(text)
  if (/^\d+$/.test(text) && days >= 1 && days <= longest) return days
  throw new FieldComplaint('retentionDays', `A whole number from 1 to ${longest.toLocaleString('en')}.`)
}

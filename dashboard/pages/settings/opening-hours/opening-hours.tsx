import { useState } from 'react'
import { Choice, OpenChoice } from '../../../parts/choice.tsx'
import { FieldComplaint } from '../../../parts/complaints.ts'
import { Field } from '../../../parts/field.tsx'
import { plural } from '../../../parts/time.ts'
import { toast } from '../../../stores/toasts.ts'
import { useSubmit } from '../../use-submit.ts'
import { SettingForm } from '../setting-form.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { DaySlots } from './day-slots.tsx'
import { complaintAbout, days, hoursAWeek, intervalsFrom, nextSlot, slotsFrom, standardWeek } from './week.ts'
import '../../../styles/opening-hours.css'

export function OpeningHours() {
  const { project, change } = useProject()
  const { openingHours } = project
  const before = {
    byHours: openingHours !== null,
    timeZone: openingHours?.timeZone ?? zoneHere,
    slots: slotsFrom(openingHours?.intervals ?? standardWeek),
    awayMessage: openingHours?.awayMessage ?? '',
  }
  const [form, setForm] = useState(before)
  const { byHours, timeZone, slots, awayMessage } = form
  const set = (changes: Partial<typeof form>) => setForm({ ...form, ...changes })
  const intervals = intervalsFrom(slots)
  const submit = useSubmit(async () => {
    const complaint = byHours ? complaintAbout(intervals) : undefined
    if (complaint) throw new FieldComplaint('intervals', complaint)
    const away = awayMessage.trim() === '' ? null : awayMessage
    await change({ openingHours: byHours ? { timeZone, intervals, awayMessage: away } : null })
    toast('Saved')
  })
  return (
    <SettingGroup
      title="When somebody answers"
      sentence="Outside these hours visitors can still write. They are told when you are back."
    >
      <SettingForm submit={submit} isDisabled={JSON.stringify(form) === JSON.stringify(before)}>
        <OpenChoice
          label="Open"
          labelHidden
          options={kinds}
          value={byHours ? 'hours' : 'always'}
          onChange={(kind) => set({ byHours: kind === 'hours' })}
        />
        {byHours && (
          <>
            <Choice
              label="Time zone"
              options={zonesWith(timeZone)}
              value={timeZone}
              onChange={(zone) => set({ timeZone: zone })}
            />
            <div className="week">
              {days.map((name, index) => (
                <DaySlots
                  key={name}
                  name={name}
                  slots={slots.filter(({ day }) => day === index + 1)}
                  onAdd={() => set({ slots: [...slots, nextSlot(slots, index + 1)] })}
                  onChange={(slot) => set({ slots: slots.map((each) => (each.key === slot.key ? slot : each)) })}
                  onRemove={(key) => set({ slots: slots.filter((slot) => slot.key !== key) })}
                />
              ))}
            </div>
            <p className="setting-now">{sumOf(hoursAWeek(intervals))}</p>
            <Field
              label="Away message"
              name="openingHours.awayMessage"
              value={awayMessage}
              onChange={(text) => set({ awayMessage: text })}
              maxLength={400}
              hint="Visitors read it while it is closed. Without one they are only told when you are back."
            />
          </>
        )}
      </SettingForm>
    </SettingGroup>
  )
}

const kinds = [
  { value: 'always', text: 'Always', hint: 'Visitors are not told of any hours.' },
  { value: 'hours', text: 'By the hours', hint: 'In a time zone of yours, day by day.' },
] as const

const zoneHere = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A zone that this browser does not list, but the project has, is on the list too. */
function zonesWith(zone: string) {
  const all = new Set([...Intl.supportedValuesOf('timeZone'), zone])
  return [...all].sort().map((value) => ({ value, text: value.replaceAll('_', ' ') }))
}

function sumOf(hours: number): string {
  return hours === 0 ? 'Never open.' : `Open ${plural(hours, 'hour')} a week.`
}

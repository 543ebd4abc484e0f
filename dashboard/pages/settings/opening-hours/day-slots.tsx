import { Button, IconButton } from '../../../parts/button.tsx'
import type { Slot } from './week.ts'

interface DaySlotsProps {
  name: string
  slots: readonly Slot[]
  onAdd: () => void
  onChange: (slot: Slot) => void
  onRemove: (key: number) => void
}

export function DaySlots({ name, slots, onAdd, onChange, onRemove }: DaySlotsProps) {
  return (
    <fieldset className="week-day">
      <legend className="week-name">{name}</legend>
      <div className="week-slots">
        {slots.length === 0 && <span className="week-closed">Closed</span>}
        {slots.map((slot) => (
          <div key={slot.key} className="week-slot">
            <Time label={`${name}, from`} value={slot.from} onChange={(from) => onChange({ ...slot, from })} />
            <span aria-hidden="true">–</span>
            <Time
              label={`${name}, to`}
              value={slot.to === '24:00' ? '00:00' : slot.to}
              onChange={(to) => onChange({ ...slot, to })}
            />
            <IconButton
              icon="close"
              label={`Remove ${slot.from} to ${slot.to} on ${name}`}
              onPress={() => onRemove(slot.key)}
            />
          </div>
        ))}
      </div>
      <Button look="quiet" size="small" icon="plus" aria-label={`Add hours on ${name}`} onPress={onAdd}>
        Add
      </Button>
    </fieldset>
  )
}

interface TimeProps {
  label: string
  value: string
  onChange: (value: string) => void
}

function Time({ label, value, onChange }: TimeProps) {
  return (
    <input
      type="time"
      className="input week-time figures"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

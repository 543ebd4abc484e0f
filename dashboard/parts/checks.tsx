import { Checkbox } from 'react-aria-components/Checkbox'
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { Label } from 'react-aria-components/Label'
import type { Option } from './choice.tsx'
import { Icon } from './icon.tsx'
import '../styles/choice.css'

interface ChecksProps<V extends string> {
  label: string
  options: readonly Option<V>[]
  values: readonly V[]
  onChange: (values: V[]) => void
}

/** Some of a few, in the open, for choices whose consequences must be read. */
export function Checks<V extends string>({ label, options, values, onChange }: ChecksProps<V>) {
  const choose = (keys: string[]) =>
    onChange(options.filter(({ value }) => keys.includes(value)).map(({ value }) => value))
  return (
    <CheckboxGroup className="radios" value={[...values]} onChange={choose}>
      <Label className="label">{label}</Label>
      {options.map(({ value, text, hint }) => (
        <Checkbox key={value} value={value} className="radio">
          <span className="check-mark" aria-hidden="true">
            <Icon name="check" size={12} />
          </span>
          <span className="radio-text">
            {text}
            {hint && <span className="choice-hint">{hint}</span>}
          </span>
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}

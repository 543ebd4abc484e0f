import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { Select, SelectValue } from 'react-aria-components/Select'
import { Icon } from './icon.tsx'
import '../styles/choice.css'
import '../styles/menu.css'

export interface Option<V extends string> {
  value: V
  text: string
  /** What choosing it does. */
  hint?: string
}

interface ChoiceProps<V extends string> {
  label: string
  options: readonly Option<V>[]
  value: V
  onChange: (value: V) => void
  isDisabled?: boolean
  labelHidden?: boolean
}

/** A closed list: a few words, one of which holds. */
export function Choice<V extends string>({ label, options, value, onChange, isDisabled, labelHidden }: ChoiceProps<V>) {
  const choose = (key: unknown) => {
    const option = options.find((each) => each.value === key)
    if (option) onChange(option.value)
  }
  return (
    <Select
      className="field"
      value={value}
      onChange={choose}
      {...(isDisabled && { isDisabled })}
      {...(labelHidden && { 'aria-label': label })}
    >
      {!labelHidden && <Label>{label}</Label>}
      <Button className="button button-plain select-button">
        <SelectValue className="select-value">{({ selectedText }) => selectedText}</SelectValue>
        <Icon name="chevron" size={16} />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.text} className="menu-item">
              {({ isSelected }) => (
                <>
                  <span className="menu-item-text">
                    {option.text}
                    {option.hint && <span className="choice-hint">{option.hint}</span>}
                  </span>
                  {isSelected && <Icon name="check" size={16} />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}

/** The same in the open, for choices whose consequences must be read. */
export function OpenChoice<V extends string>(props: ChoiceProps<V>) {
  const { label, options, value, onChange, isDisabled, labelHidden } = props
  const choose = (key: string) => {
    const option = options.find((each) => each.value === key)
    if (option) onChange(option.value)
  }
  return (
    <RadioGroup className="radios" value={value} onChange={choose} {...(isDisabled && { isDisabled })}>
      <Label className={labelHidden ? 'visually-hidden' : 'label'}>{label}</Label>
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className="radio">
          <span className="radio-mark" aria-hidden="true" />
          <span className="radio-text">
            {option.text}
            {option.hint && <span className="choice-hint">{option.hint}</span>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  )
}

import { Field } from '../../../parts/field.tsx'
import type { TextName } from './draft.ts'
import type { PartProps } from './looks.tsx'

interface TextSettingProps extends PartProps {
  name: TextName
  label: string
  hint?: string
  kind?: 'title' | 'sentence' | 'address'
}

const lengths = { title: 120, sentence: 400, address: 500 }

export function TextSetting({ draft, set, name, label, hint, kind = 'title' }: TextSettingProps) {
  return (
    <Field
      label={label}
      name={name}
      value={draft.text[name]}
      onChange={(value) => set({ text: { ...draft.text, [name]: value } })}
      maxLength={lengths[kind]}
      autoComplete="off"
      {...(kind === 'address' && { pattern: 'https://\\S+', placeholder: 'https://shop.example/logo.svg' })}
      {...(hint && { hint })}
    />
  )
}

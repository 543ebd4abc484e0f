/** @jsxImportSource preact */
import { useSurroundings } from '../app.tsx'
import { LinkedText } from '../linked-text.tsx'
import { withLinks } from '../links.ts'
import type { FormField } from './form-fields.ts'
import { useWords } from './words.ts'

interface Props {
  field: FormField
  problem: string | undefined
}

export function Field({ field, problem }: Props) {
  const { core } = useSurroundings()
  const texts = useWords()
  const { name, type, label, isMandatory, rows } = field
  const isEmail = name === 'userEmail'
  const shared = {
    id: `field-${name}`,
    name,
    required: isMandatory,
    'aria-invalid': problem !== undefined,
    'aria-describedby': `${name}-problem`,
  }
  const words = {
    ...shared,
    autocomplete: isEmail ? 'email' : name === 'userFullname' ? 'name' : undefined,
    defaultValue: isEmail ? core.settings.userEmail : name === 'userFullname' ? core.settings.userFullname : '',
  }
  return (
    <div class={`field ${type}`}>
      <label for={shared.id}>
        {type === 'checkbox' && <input type="checkbox" {...shared} />}
        <span dir="auto">
          <LinkedText pieces={withLinks(label)} />
          {isMandatory && type === 'checkbox' ? ' *' : ''}
        </span>
        {!isMandatory && type !== 'checkbox' && <span class="soft"> ({texts.optional})</span>}
        {type === 'textarea' && <textarea rows={rows} maxLength={8_000} {...words} />}
        {type === 'text' && <input type="text" inputMode={isEmail ? 'email' : 'text'} maxLength={255} {...words} />}
      </label>
      <span id={`${name}-problem`} class="problem">
        {problem}
      </span>
    </div>
  )
}

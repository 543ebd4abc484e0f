import { type ReactNode, useContext } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField, type TextFieldProps } from 'react-aria-components/TextField'
import { FieldErrorsContext } from './form.tsx'
import '../styles/field.css'

interface LinesFieldProps extends Omit<TextFieldProps, 'children' | 'className' | 'style' | 'name'> {
  name: string
  label: string
  labelHidden?: boolean
  hint?: ReactNode
  rows: number
  placeholder?: string
}

/** A field for several lines of what machines read: keys, tokens, addresses. */
export function LinesField({ label, labelHidden, hint, rows, placeholder, ...rest }: LinesFieldProps) {
  const error = useContext(FieldErrorsContext)[rest.name]
  return (
    <TextField
      {...rest}
      className="field"
      isInvalid={error !== undefined}
      validationBehavior="aria"
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
    >
      <Label className={labelHidden ? 'visually-hidden' : ''}>{label}</Label>
      <TextArea className="input input-lines mono" rows={rows} dir="ltr" {...(placeholder && { placeholder })} />
      {hint && error === undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  )
}

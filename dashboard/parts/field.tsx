import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField, type TextFieldProps } from 'react-aria-components/TextField'
import '../styles/field.css'

export interface FieldProps extends Omit<TextFieldProps, 'children' | 'className' | 'style'> {
  label: string
  hint?: ReactNode
  placeholder?: string
}

export function Field({ label, hint, placeholder, ...rest }: FieldProps) {
  return (
    <TextField {...rest} className="field">
      <Label>{label}</Label>
      <Input className="input" {...(placeholder && { placeholder })} />
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error" />
    </TextField>
  )
}

/** A refusal that belongs to no field. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <p className="form-error" role="alert">
      {children}
    </p>
  )
}

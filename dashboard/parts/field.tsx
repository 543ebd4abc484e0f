import { type ReactNode, useContext } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField, type TextFieldProps } from 'react-aria-components/TextField'
import { FieldErrorsContext } from './form.tsx'
import '../styles/field.css'

export interface FieldProps extends Omit<TextFieldProps, 'children' | 'className' | 'style' | 'name'> {
  name: string
  label: string
  hint?: ReactNode
  placeholder?: string
}

export function Field({ label, hint, placeholder, autoFocus = false, ...rest }: FieldProps) {
  const error = useContext(FieldErrorsContext)[rest.name]
  return (
    <TextField
      {...rest}
      autoFocus={autoFocus && !raisesKeyboard()}
      className="field"
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      <Input className="input" {...(placeholder && { placeholder })} />
      {hint && error === undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  )
}

/** Over what is to be read first; and a dialog is kept unseen until the keyboard is up. */
const raisesKeyboard = () => matchMedia('(pointer: coarse)').matches

/** A refusal that belongs to no field. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <p className="form-error" role="alert">
      {children}
    </p>
  )
}

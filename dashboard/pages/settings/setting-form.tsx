import type { ReactNode } from 'react'
import { Button, type ButtonProps } from '../../parts/button.tsx'
import { FormError } from '../../parts/field.tsx'
import { Form } from '../../parts/form.tsx'
import type { Submission } from '../use-submit.ts'

interface SettingFormProps extends Pick<ButtonProps, 'look' | 'isDisabled'> {
  submit: Submission
  verb?: string
  children: ReactNode
  /** What else may be done. */
  beside?: ReactNode
}

/** The fields of a setting, why they were refused, and the button that sends them. */
export function SettingForm({
  submit,
  verb = 'Save',
  look = 'primary',
  isDisabled = false,
  children,
  beside,
}: SettingFormProps) {
  const { form, error, busy } = submit
  return (
    <Form className="setting-form" {...form}>
      {children}
      {error && <FormError>{error}</FormError>}
      <div className="setting-acts">
        <Button type="submit" look={look} busy={busy} isDisabled={isDisabled}>
          {verb}
        </Button>
        {beside}
      </div>
    </Form>
  )
}

import { createContext, type FormEvent, type ReactNode } from 'react'

export type FieldErrors = Readonly<Record<string, string>>

/** What is wrong with which field, by name. */
export const FieldErrorsContext = createContext<FieldErrors>({})

interface FormProps {
  className: string
  /** For a button that stands elsewhere. */
  id?: string
  errors: FieldErrors
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
  onInput: (event: FormEvent<HTMLFormElement>) => void
  children: ReactNode
}

/**
 * A form that complains when it is sent and stops as soon as somebody writes. (The browser's own complaints go when
 * the field is left, which moves the button away from under the pointer that presses it.)
 */
export function Form({ className, id, errors, onSubmit, onInput, children }: FormProps) {
  return (
    <FieldErrorsContext value={errors}>
      <form className={className} {...(id && { id })} noValidate onSubmit={onSubmit} onInput={onInput}>
        {children}
      </form>
    </FieldErrorsContext>
  )
}

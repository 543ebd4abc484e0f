import { type FormEvent, useRef, useState } from 'react'
import { complaintsAbout, FieldComplaint, fieldsOf, isField } from '../parts/complaints.ts'
import type { FieldErrors } from '../parts/form.tsx'
import { fieldOf, sentenceFor } from '../stores/api.ts'

export interface Submission {
  busy: boolean
  /** A refusal that belongs to no field shown. */
  error: string | undefined
  /** For the form itself. */
  form: {
    errors: FieldErrors
    onSubmit: (event: FormEvent<HTMLFormElement>) => void
    onInput: (event: FormEvent<HTMLFormElement>) => void
  }
}

/** Sends a form once at a time and tells which field a complaint or a refusal is about. */
export function useSubmit(send: () => Promise<void>, fieldAbout = fieldOf): Submission {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const [errors, setErrors] = useState<FieldErrors>({})
  const running = useRef(false)

  async function run(form: HTMLFormElement, names: readonly string[]) {
    if (running.current) return
    running.current = true
    setBusy(true)
    setError(undefined)
    try {
      await send()
    } catch (refusal) {
      const isComplaint = refusal instanceof FieldComplaint
      const named = isComplaint ? refusal.field : fieldAbout(refusal)
      const sentence = isComplaint ? refusal.message : sentenceFor(refusal)
      if (named !== undefined && names.includes(named)) {
        setErrors({ [named]: sentence })
        focusField(form, named)
      } else setError(sentence)
    } finally {
      running.current = false
      setBusy(false)
    }
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const fields = fieldsOf(form)
    const complaints = complaintsAbout(fields)
    setErrors(complaints)
    const first = fields.find(({ name }) => name in complaints)
    if (first === undefined)
      void run(
        form,
        fields.map(({ name }) => name),
      )
    else focusField(form, first.name)
  }

  function onInput({ target }: FormEvent<HTMLFormElement>) {
    if (!isField(target) || !(target.name in errors)) return
    const { [target.name]: _, ...others } = errors
    setErrors(others)
  }

  return { busy, error, form: { errors, onSubmit, onInput } }
}

function focusField(form: HTMLFormElement, name: string) {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLElement) field.focus()
}

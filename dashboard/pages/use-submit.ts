import { type FormEvent, useRef, useState } from 'react'
import { fieldOf, sentenceFor } from '../stores/api.ts'

export interface Submission {
  busy: boolean
  /** A refusal that belongs to no field shown. */
  error: string | undefined
  /** A refusal by its field, as the form takes it; writing in the field clears it. */
  validationErrors: Record<string, string>
  onSubmit: (event: FormEvent) => void
}

/** Sends a form once at a time and tells which field a refusal is about. */
export function useSubmit(send: () => Promise<void>, fields: readonly string[]): Submission {
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const [failure, setFailure] = useState<{ field: string | undefined; text: string }>()

  async function run() {
    if (running.current) return
    running.current = true
    setBusy(true)
    setFailure(undefined)
    try {
      await send()
    } catch (error) {
      const named = fieldOf(error)
      setFailure({ field: fields.find((each) => each === named), text: sentenceFor(error) })
    } finally {
      running.current = false
      setBusy(false)
    }
  }

  return {
    busy,
    error: failure?.field === undefined ? failure?.text : undefined,
    validationErrors: failure?.field === undefined ? {} : { [failure.field]: failure.text },
    onSubmit(event) {
      event.preventDefault()
      void run()
    },
  }
}

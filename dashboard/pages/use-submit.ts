import { type FormEvent, useState } from 'react'
import { fieldOf, sentenceFor } from '../stores/api.ts'

export interface Submission {
  busy: boolean
  /** A refusal that belongs to no field shown. */
  error: string | undefined
  errorOf: (field: string) => string | undefined
  onSubmit: (event: FormEvent) => void
}

/** Sends a form once at a time and tells which field a refusal is about. */
export function useSubmit(send: () => Promise<void>, fields: readonly string[]): Submission {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<{ field: string | undefined; text: string }>()

  async function run() {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      await send()
    } catch (error) {
      const named = fieldOf(error)
      const field = fields.find((each) => named === each || named?.endsWith(`.${each}`) || named?.endsWith(`/${each}`))
      setFailure({ field, text: sentenceFor(error) })
    } finally {
      setBusy(false)
    }
  }

  return {
    busy,
    error: failure?.field === undefined ? failure?.text : undefined,
    errorOf: (field) => (failure?.field === field ? failure.text : undefined),
    onSubmit(event) {
      event.preventDefault()
      void run()
    },
  }
}

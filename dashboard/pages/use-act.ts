import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceFor } from '../stores/api.ts'
import { toast } from '../stores/toasts.ts'

interface ActOptions {
  /** What is asked again, whatever comes of it. */
  refresh: QueryKey
  /** Closes the dialog that asked. While there is one, it says what went wrong: whoever listens hears nothing else. */
  done?: () => void
}

/** Runs an act once at a time, says what came of it, and has what it touched asked again. */
export function useAct({ refresh, done }: ActOptions) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  async function run(act: () => Promise<unknown>, words: string) {
    if (busy) return
    setBusy(true)
    setError(undefined)
    try {
      await act()
      toast(words)
      done?.()
    } catch (failure) {
      const sentence = `Not ${words.charAt(0).toLowerCase()}${words.slice(1)}. ${sentenceFor(failure)}`
      if (done) setError(sentence)
      else toast(sentence, { tone: 'bad' })
    } finally {
      setBusy(false)
      void queries.invalidateQueries({ queryKey: refresh })
    }
  }
  return { busy, error, run }
}

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceFor } from '../../stores/api.ts'
import { toast } from '../../stores/toasts.ts'
import { secretsQuery } from './secrets-query.ts'

/** Runs an act on a secret, once; whatever comes of it, the list is asked again. */
export function useSecretAct(projectId: string, done: () => void) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  async function run(act: () => Promise<unknown>, words: string) {
    if (busy) return
    setBusy(true)
    try {
      await act()
      toast(words)
      done()
    } catch (error) {
      toast(`Not changed. ${sentenceFor(error)}`, { tone: 'bad' })
    } finally {
      setBusy(false)
      void queries.invalidateQueries({ queryKey: secretsQuery(projectId).queryKey })
    }
  }
  return { busy, run }
}

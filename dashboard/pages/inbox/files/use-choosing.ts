import { useCallback } from 'react'
import { maxAttachments } from '../../../../protocol/limits.ts'
import { plural } from '../../../parts/time.ts'
import { type Mode, placeOf } from '../../../stores/drafts.ts'
import { toast } from '../../../stores/toasts.ts'
import { useHere } from '../../workspace-context.ts'

/** Takes files into the composer, whichever way they come. */
export function useChoosing(conversationId: string, mode: Mode): (files: readonly File[]) => void {
  const { uploads } = useHere().workspace
  return useCallback(
    (files) => {
      const left = uploads.add(placeOf(conversationId, mode), files)
      if (left === 0) return
      const words = `${plural(left, 'file')} ${left === 1 ? 'was' : 'were'} left out`
      toast(`A message has at most ${maxAttachments} files. ${words}.`, { tone: 'bad' })
    },
    [uploads, conversationId, mode],
  )
}

/** What a paste brings by way of files. Office programs bring a picture of the text along: then the text is meant. */
export function pastedFiles({ files, types }: Pick<DataTransfer, 'files' | 'types'>): File[] {
  if (types.includes('text/plain') && types.includes('text/html')) return []
  return [...files]
}

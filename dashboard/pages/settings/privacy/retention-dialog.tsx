import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../../parts/confirm-dialog.tsx'
import { plural } from '../../../parts/time.ts'
import { api, sentenceFor } from '../../../stores/api.ts'
import { counted } from '../../person/held.ts'

interface RetentionDialogProps {
  projectId: string
  days: number
  onSave: () => Promise<void>
  onClose: () => void
}

/** Keeping less is erasing: how much would go at once is said first. */
export function RetentionDialog({ projectId, days, onSave, onClose }: RetentionDialogProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const span = plural(days, 'day')

  async function save() {
    if (busy) return
    setBusy(true)
    setError(undefined)
    try {
      await onSave()
      onClose()
    } catch (refusal) {
      setError(sentenceFor(refusal))
      setBusy(false)
    }
  }

  return (
    <ConfirmDialog
      title={`Keep conversations for ${span}?`}
      verb={`Erase after ${span}`}
      {...{ busy, error, onClose }}
      isOpen
      onConfirm={() => void save()}
    >
      <AtOnce projectId={projectId} days={days} />
      <p>Their messages and files go, and people of whom nothing else is left. It cannot be undone.</p>
      <p>From then on each conversation goes when nothing has happened in it for {span}.</p>
    </ConfirmDialog>
  )
}

/** A line of its own from the start, so that nothing moves when the number comes. */
function AtOnce({ projectId: project, days }: Pick<RetentionDialogProps, 'projectId' | 'days'>) {
  const { data, error } = useQuery({
    queryKey: ['retention', project, days],
    queryFn: () => api('GET /projects/:project/retention', { params: { project }, query: { days: String(days) } }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  if (error) return <p className="dialog-strong">How many would go at once is not known. {sentenceFor(error)}</p>
  return <p className="dialog-strong figures">{data ? atOnce(data.conversations, days) : '\u00a0'}</p>
}

function atOnce(conversations: number, days: number): string {
  if (conversations === 0) return `No conversation has rested for ${plural(days, 'day')}: nothing goes now.`
  const words = counted(conversations, 'conversation')
  const verb = conversations === 1 ? 'has' : 'have'
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${verb} rested for longer, and will be erased within the next hour.`
}

import { useStore } from '@nanostores/react'
import { lazy, Suspense, useEffect } from 'react'
import { isPicture } from '../../../parts/file-words.ts'
import { $looking } from '../../../stores/looking.ts'
import { useHere } from '../../workspace-context.ts'

const Lightbox = lazy(async () => ({ default: (await import('./lightbox.tsx')).Lightbox }))

/** Shows large whichever picture of this conversation somebody has pressed. */
export function LookingGlass({ conversationId }: { conversationId: string }) {
  const looking = useStore($looking)
  const { threads } = useHere().workspace
  const thread = threads.of(conversationId)
  const rows = useStore((useStore(thread.past) ?? thread).rows)
  // Nobody who comes back later should find it open.
  useEffect(() => () => $looking.set(undefined), [])
  if (looking === undefined) return null
  const pictures = rows.flatMap((row) =>
    row.state === 'sent' ? (row.message.attachments ?? []).filter(isPicture) : [],
  )
  const shown = pictures.find(({ id }) => id === looking)
  if (shown === undefined) return null
  return (
    <Suspense fallback={null}>
      <Lightbox pictures={pictures} shown={shown} />
    </Suspense>
  )
}

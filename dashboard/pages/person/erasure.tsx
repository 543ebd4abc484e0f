import { useStore } from '@nanostores/react'
import { lazy, Suspense } from 'react'
import { useLocation } from 'wouter'
import { $erasing } from '../../stores/erasing.ts'
import { useHere } from '../workspace-context.ts'

const EraseDialog = lazy(async () => ({ default: (await import('./erase-dialog.tsx')).EraseDialog }))

/** Whoever was looking at a conversation of somebody who is erased is led back to the list. */
export function Erasure() {
  const whom = useStore($erasing)
  const { projectId, inbox } = useHere().workspace
  const [path, go] = useLocation()
  if (whom?.projectId !== projectId) return null
  function close(isErased: boolean) {
    $erasing.set(undefined)
    const open = path.match(/\/inbox\/([^/]+)$/)?.[1]
    if (isErased && open !== undefined && !inbox.conversations.get().has(open)) go(`/projects/${projectId}/inbox`)
  }
  return (
    <Suspense fallback={null}>
      <EraseDialog whom={whom} onClose={(outcome) => close(outcome !== undefined)} />
    </Suspense>
  )
}

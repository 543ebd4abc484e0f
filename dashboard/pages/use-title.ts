import { useStore } from '@nanostores/react'
import { useEffect } from 'react'
import { unreadCounts } from '../stores/view.ts'
import type { Workspace } from '../stores/workspace.ts'

/** The window's title says how many conversations wait unread. */
export function useTitle({ inbox, agent }: Workspace, projectName: string) {
  const { nagging } = unreadCounts(useStore(inbox.conversations), agent.id)
  useEffect(() => {
    document.title = nagging > 0 ? `(${nagging}) ${projectName}` : `${projectName} · Signet`
  }, [nagging, projectName])
}

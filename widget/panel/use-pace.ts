import { useEffect, useState } from 'preact/hooks'
import type { Project } from '../server.ts'
import { useSurroundings } from './app.tsx'

/** How soon somebody answers. What takes some counting is fetched where there is something to count. */
export function usePace(project: Project | undefined): string {
  const { core, texts } = useSurroundings()
  const [counted, setCounted] = useState('')

  useEffect(() => {
    setCounted('')
    if (!project || (project.hours.open && !project.replySeconds)) return
    import('./pace.ts').then((it) => setCounted(it.paceOf(project, texts, core.settings.lang)), core.events.report)
  }, [core, texts, project])

  return core.settings.showWaitTime ? counted || (project?.agents.length ? texts.soon : texts.later) : ''
}

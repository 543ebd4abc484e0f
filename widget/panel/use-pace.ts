import { useEffect, useState } from 'preact/hooks'
import type { Project } from '../server.ts'
import { useSurroundings } from './app.tsx'
import { localeOf } from './groups.ts'

/** How soon somebody answers. What takes some counting is fetched where there is something to count. */
export function usePace(project: Project | undefined): string {
  const { core, texts } = useSurroundings()
  const [counted, setCounted] = useState('')
  const isSimple = !project || (project.hours.open && !(project.replySeconds && project.replySeconds > 300))

  useEffect(() => {
    if (!project || isSimple) return setCounted('')
    import('./pace.ts').then(
      ({ paceOf }) => setCounted(paceOf(project, texts, localeOf(core.settings.lang))),
      core.events.report,
    )
  }, [core, texts, project, isSimple])

  if (!core.settings.showWaitTime) return ''
  return counted || (project?.agents.length ? texts.soon : texts.later)
}

import { useEffect, useState } from 'preact/hooks'
import type { Project } from '../server.ts'
import { useSurroundings } from './app.tsx'
import { useAtom } from './use-atom.ts'

/** Who types, if that is to be said here, or how soon somebody answers. What takes some counting is fetched where there is something to count. */
export function usePace(project: Project | undefined): string {
  const { core, chat, texts } = useSurroundings()
  const typist = useAtom(chat.typing)
  const [counted, setCounted] = useState('')

  useEffect(() => {
    setCounted('')
    if (!project || (project.hours.open && !project.replySeconds && core.settings.dynamicWaitTimeReply)) return
    import('./pace.ts').then((it) => setCounted(it.paceOf(project, texts, core.settings)), core.events.report)
  }, [core, texts, project])

  if (typist !== undefined && core.settings.typingLocation === 'header') return texts.typing(typist || texts.team)
  return core.settings.showWaitTime ? counted || (project?.agents.length ? texts.soon : texts.later) : ''
}

import type { Progress } from '../../stores/pages.ts'
import { InstallationState, Snippet } from '../installation.tsx'
import { useHere } from '../workspace-context.ts'
import '../../styles/nothing-open.css'

/** The place of the conversation while none is open; a new project finds its next step here. */
export function NothingOpen({ isEmpty, progress }: { isEmpty: boolean; progress: Progress | undefined }) {
  const { membership } = useHere()
  const { project } = membership
  if (!isEmpty) {
    return (
      <section className="nothing-open" aria-label="No conversation is open">
        <p className="nothing-open-hint">
          <kbd>J</kbd> and <kbd>K</kbd> go through the list, <kbd>?</kbd> shows all keys
        </p>
      </section>
    )
  }
  if (progress?.phase !== 'ready') return <section className="nothing-open" />
  return (
    <section className="nothing-open" aria-label="Installation">
      <div className="nothing-open-start">
        <div>
          <h2>Your inbox is ready</h2>
          <p>Paste this into your pages, and conversations appear here.</p>
        </div>
        <Snippet projectId={project.id} />
        <InstallationState projectId={project.id} />
      </div>
    </section>
  )
}

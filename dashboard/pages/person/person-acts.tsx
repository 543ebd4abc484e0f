import { Button } from '../../parts/button.tsx'
import { download } from '../../parts/download.ts'
import { api } from '../../stores/api.ts'
import { $erasing } from '../../stores/erasing.ts'
import { useAct } from '../use-act.ts'

interface PersonActsProps {
  projectId: string
  visitorId: string
  name: string
}

/** What a person may ask for (HT6): all that is stored of him, or that nothing is. */
export function PersonActs({ projectId, visitorId, name }: PersonActsProps) {
  const { busy, run } = useAct({ refresh: ['audit-log', projectId] })
  async function exportAll() {
    const { exportPerson } = await import('./export-person.ts')
    download(`visitor-${visitorId}.json`, await exportPerson(api, projectId, visitorId))
  }
  return (
    <>
      <Button
        look="quiet"
        size="small"
        icon="download"
        busy={busy}
        aria-label={`Export all that is stored of \u2068${name}\u2069`}
        onPress={() => void run(exportAll, 'Exported')}
      >
        Export
      </Button>
      <Button
        look="quiet"
        size="small"
        icon="trash"
        aria-label={`Erase \u2068${name}\u2069…`}
        onPress={() => $erasing.set({ projectId, visitorId, name })}
      >
        Erase…
      </Button>
    </>
  )
}

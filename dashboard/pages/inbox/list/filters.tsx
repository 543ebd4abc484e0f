import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { Choice } from '../../../parts/choice.tsx'
import type { Conversations } from '../../../stores/inbox.ts'
import { folders, type states, unreadCounts, type View } from '../../../stores/view.ts'
import { useHere } from '../../workspace-context.ts'
import { DepartmentFilter } from './department-filter.tsx'
import '../../../styles/filters.css'

interface FiltersProps {
  view: View
  onChange: (view: View) => void
  all: Conversations
}

const folderNames = { mine: 'Mine', unassigned: 'Unassigned', all: 'All' } as const
const stateOptions = [
  { value: 'open', text: 'Open' },
  { value: 'snoozed', text: 'Snoozed' },
  { value: 'resolved', text: 'Resolved' },
] as const satisfies readonly { value: (typeof states)[number]; text: string }[]

export function Filters({ view, onChange, all }: FiltersProps) {
  const { workspace } = useHere()
  const counts = unreadCounts(all, workspace.agent.id)
  function choose(keys: Iterable<unknown>) {
    const [key] = keys
    const folder = folders.find((each) => each === key)
    if (folder) onChange({ ...view, folder })
  }
  return (
    <div className="filters">
      <ToggleButtonGroup
        className="segments"
        aria-label="Whose conversations"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view.folder]}
        onSelectionChange={choose}
      >
        {folders.map((folder) => (
          <ToggleButton key={folder} id={folder} className="segment">
            {folderNames[folder]}
            {counts[folder] > 0 && (
              <span className="segment-count figures">
                {counts[folder]}
                <span className="visually-hidden"> unread</span>
              </span>
            )}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <DepartmentFilter view={view} onChange={onChange} />
      <div className="filters-state">
        <Choice
          label="State"
          labelHidden
          options={stateOptions}
          value={view.state}
          onChange={(state) => onChange({ ...view, state })}
        />
      </div>
    </div>
  )
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Project } from '../../../../protocol/records.ts'
import { OpenChoice } from '../../../parts/choice.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useInstant, useProject } from '../use-project.ts'
import { arrivals, enforcementQuery } from './enforcement-query.ts'
import { RequireDialog } from './require-dialog.tsx'

const options = [
  { value: 'off', text: 'Off', hint: 'Everybody may write, signed in or not.' },
  { value: 'report', text: 'Report', hint: 'Everybody may write. What would be refused is counted.' },
  { value: 'required', text: 'Required', hint: 'Only visitors with a valid token may write.' },
] as const satisfies readonly { value: Project['enforcement']; text: string; hint: string }[]

export function Enforcement() {
  const { project, change } = useProject()
  const queries = useQueryClient()
  const query = enforcementQuery(project.id)
  const { data, isError } = useQuery(query)
  const [asking, setAsking] = useState(false)
  const [value, choose] = useInstant(project.enforcement, (enforcement) => save({ enforcement }))

  async function save(changes: Parameters<typeof change>[0]) {
    await change(changes)
    void queries.invalidateQueries({ queryKey: query.queryKey })
  }

  return (
    <SettingGroup title="Enforcement" sentence="Who may write to you.">
      <OpenChoice
        label="Enforcement"
        labelHidden
        options={options}
        value={value}
        onChange={(next) => (next === 'required' ? setAsking(true) : void choose(next))}
      />
      {/* A line of its own from the start, so that nothing moves when the numbers come. */}
      <p className="setting-now figures">
        {data ? arrivals(data) : isError ? 'Nothing is known of the last days.' : '\u00a0'}
      </p>
      {asking && (
        <RequireDialog
          counts={data}
          onRequire={(override) => save({ enforcement: 'required', ...(override && { override }) })}
          onClose={() => setAsking(false)}
        />
      )}
    </SettingGroup>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { AgentFace } from '../../parts/avatar.tsx'
import { AgentName } from '../../parts/person-name.tsx'
import { $now } from '../../stores/now.ts'
import { Loaded } from '../settings/loaded.tsx'
import { useHere } from '../workspace-context.ts'
import { Breakdown } from './breakdown.tsx'
import { DayBars } from './day-bars.tsx'
import { type Report, reportQuery, type Span, spans } from './report-query.ts'
import { Tiles } from './tiles.tsx'
import '../../styles/filters.css'
import '../../styles/blank.css'
import '../../styles/reports.css'

/** What the team did in the last days; for owners and admins. */
export function ReportsPage() {
  const { membership } = useHere()
  const [span, setSpan] = useState<Span>(30)
  const query = useQuery(reportQuery(membership.project.id, span, $now.get()))
  return (
    <main className="reports">
      <div className="reports-page" aria-busy={query.isPlaceholderData}>
        <header className="reports-head">
          <h1 className="page-title">Reports</h1>
          <Spans span={span} onChange={setSpan} />
        </header>
        <Loaded query={query} height={520}>
          {(report) => <Shown report={report} />}
        </Loaded>
      </div>
    </main>
  )
}

function Shown({ report }: { report: Report }) {
  const { total, days, agents, departments } = report
  const { opened, resolved, visitorMessages, agentMessages, botMessages = 0 } = total
  if (opened + resolved + visitorMessages + agentMessages + botMessages === 0) {
    return (
      <div className="blank">
        <strong>Nothing happened in these days</strong>
        <span>As soon as visitors write, what became of it is counted here.</span>
      </div>
    )
  }
  return (
    <>
      <Tiles total={total} />
      <DayBars
        title="Conversations a day"
        days={days}
        kinds={[
          { of: 'opened', name: 'Opened' },
          { of: 'resolved', name: 'Resolved' },
        ]}
      />
      <DayBars
        title="Messages a day"
        days={days}
        kinds={[
          { of: 'visitorMessages', name: 'By visitors' },
          { of: 'agentMessages', name: 'By agents' },
        ]}
      />
      {agents.length > 0 && (
        <Breakdown
          title="By agent"
          who="Agent"
          lines={agents.map((agent) => ({ ...agent, key: agent.id, who: <Agent id={agent.id} name={agent.name} /> }))}
        />
      )}
      {departments.some(({ id }) => id !== null) && (
        <Breakdown
          title="By department"
          who="Department"
          lines={departments.map((one) => ({
            ...one,
            key: one.id ?? 'none',
            who: <bdi>{one.name ?? (one.id === null ? 'No department' : 'A deleted department')}</bdi>,
          }))}
        />
      )}
      <p className="reports-note">
        Times are medians; a first reply is a person’s, not a bot’s. Opened, resolved and ratings count for whoever a
        conversation is assigned to now.
      </p>
    </>
  )
}

function Agent({ id, name }: { id: string; name: string | null }) {
  if (name === null) return <>By an API key</>
  return (
    <span className="breakdown-agent">
      <AgentFace id={id} name={name} size={20} />
      <AgentName name={name} />
    </span>
  )
}

function Spans({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  function choose(keys: Iterable<unknown>) {
    const [key] = keys
    const next = spans.find((each) => String(each) === key)
    if (next) onChange(next)
  }
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label="How many days"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[String(span)]}
      onSelectionChange={choose}
    >
      {spans.map((each) => (
        <ToggleButton key={each} id={String(each)} className="segment">
          {each} days
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

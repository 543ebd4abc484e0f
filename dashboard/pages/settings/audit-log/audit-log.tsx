import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { AuditEntry } from '../../../../protocol/admin-records.ts'
import { cleanName } from '../../../parts/clean-name.ts'
import { AgentName } from '../../../parts/person-name.tsx'
import { api } from '../../../stores/api.ts'
import { bansQuery } from '../../bans-query.ts'
import { membersQuery } from '../../members-query.ts'
import { Log } from '../log.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { useKeyNames } from '../visitor-authentication/key-names.ts'
import { apiKeyName, keyNameIn, type Names, tell } from './sentence.ts'

const pageSize = '50'
const makings = new Set(['secret_generated', 'public_key_registered'])

function auditLogQuery(project: string) {
  return infiniteQueryOptions({
    queryKey: ['audit-log', project],
    queryFn: async ({ pageParam: page }) => {
      const query = { limit: pageSize, ...(page !== null && { page }) }
      return api('GET /projects/:project/audit-log', { params: { project }, query })
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextPage }) => nextPage,
    // What was done a moment ago in another section must be on it.
    staleTime: 0,
  })
}

/** Who changed what (SS9). */
export function AuditLog() {
  const { project } = useProject()
  const query = useInfiniteQuery(auditLogQuery(project.id))
  const names = useNames(project.id, query.data?.pages.flatMap(({ entries }) => entries) ?? [])
  return (
    <SettingGroup
      title="Who changed what"
      sentence="Each change of keys, enforcement, origins, roles and bans, and from which address it was made."
    >
      <Log query={query} empty={<Nothing />}>
        {(entry) => <Entry entry={entry} names={names} />}
      </Log>
    </SettingGroup>
  )
}

/** A key that is gone is known from the entry of its making, if that is on the page. */
function useNames(projectId: string, entries: readonly AuditEntry[]): Names {
  const liveKey = useKeyNames(projectId)
  const members = useQuery(membersQuery(projectId)).data?.members ?? []
  const bans = useQuery(bansQuery(projectId)).data?.bans ?? []
  const clean = (name: string | null | undefined) => cleanName(name ?? null) ?? undefined
  const goneKey = (id: string) =>
    entries.flatMap(({ action, detail }) => (makings.has(action) && detail.id === id ? [keyNameIn(detail)] : []))[0]
  return {
    key: (id) => liveKey(id) ?? goneKey(id),
    agent: (id) => clean(members.find(({ agent }) => agent.id === id)?.agent.name),
    visitor: (id) => clean(bans.find(({ visitor }) => visitor.id === id)?.visitor.name),
  }
}

function Entry({ entry, names }: { entry: AuditEntry; names: Names }) {
  const { agent, action, detail, address } = entry
  const sentence = tell(entry, names)
  return (
    <>
      <p>
        <span className="log-title">
          {agent ? <AgentName name={agent.name} /> : (apiKeyName(detail) ?? 'A former member')}
        </span>{' '}
        {sentence ?? <code className="mono">{action}</code>}
      </p>
      {sentence === undefined && Object.keys(detail).length > 0 && (
        <p className="log-hint">
          <code className="mono">{JSON.stringify(detail)}</code>
        </p>
      )}
      <p className="log-facts">
        <span>from {address}</span>
      </p>
    </>
  )
}

function Nothing() {
  return (
    <>
      <strong>Nothing has been changed yet</strong>
      <span>Whoever generates a key, changes enforcement or bans somebody will stand here.</span>
    </>
  )
}

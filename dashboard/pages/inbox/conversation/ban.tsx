import { useStore } from '@nanostores/react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Visitor } from '../../../../protocol/records.ts'
import { Button } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { AgentName } from '../../../parts/person-name.tsx'
import { dayAndClock } from '../../../parts/time.ts'
import { api } from '../../../stores/api.ts'
import { $now } from '../../../stores/now.ts'
import { bansQuery } from '../../bans-query.ts'
import { useAct } from '../../use-act.ts'
import { useHere } from '../../workspace-context.ts'

export const BanDialog = lazy(async () => ({ default: (await import('./ban-dialog.tsx')).BanDialog }))

/** Bans a visitor, or says that he is banned and lifts it (VS15). */
export function BanState({ visitor }: { visitor: Visitor }) {
  const [asking, setAsking] = useState(false)
  if (visitor.banned) return <Banned visitor={visitor} />
  return (
    <>
      <Button look="quiet" size="small" icon="ban" onPress={() => setAsking(true)}>
        Ban…
      </Button>
      <Suspense>{asking && <BanDialog visitor={visitor} onClose={() => setAsking(false)} />}</Suspense>
    </>
  )
}

function Banned({ visitor }: { visitor: Visitor }) {
  const { projectId } = useHere().workspace
  const now = useStore($now)
  const queries = useQueryClient()
  const query = bansQuery(projectId)
  const ban = useQuery(query).data?.bans.find((each) => each.visitor.id === visitor.id)
  const { busy, run } = useAct({ refresh: query.queryKey })

  async function lift() {
    const { bans } = await queries.fetchQuery({ ...query, staleTime: 0 })
    const present = bans.find((each) => each.visitor.id === visitor.id)
    // Somebody else may have lifted it a moment ago.
    if (present === undefined) return
    await api('DELETE /projects/:project/bans/:ban', { params: { project: projectId, ban: present.id } })
  }

  return (
    <section className="banned" aria-label="Ban">
      <p className="banned-head">
        <Icon name="ban" size={16} />
        Banned
      </p>
      {ban && (
        <p>
          {ban.bannedBy && (
            <>
              By <AgentName name={ban.bannedBy.name} />,{' '}
            </>
          )}
          {dayAndClock(ban.createdAt, now)}
        </p>
      )}
      {ban?.reason && <p dir="auto">{ban.reason}</p>}
      <Button size="small" busy={busy} onPress={() => void run(lift, 'Lifted')}>
        Lift ban
      </Button>
    </section>
  )
}

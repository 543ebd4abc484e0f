import { useStore } from '@nanostores/react'
import { useQuery } from '@tanstack/react-query'
import type { Ban } from '../../../../protocol/admin-records.ts'
import { Button } from '../../../parts/button.tsx'
import { cleanName } from '../../../parts/clean-name.ts'
import { AgentName } from '../../../parts/person-name.tsx'
import { onDayAndClock } from '../../../parts/time.ts'
import { api } from '../../../stores/api.ts'
import { $now } from '../../../stores/now.ts'
import { bansQuery } from '../../bans-query.ts'
import { useAct } from '../../use-act.ts'
import { Loaded } from '../loaded.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'

/** Who may not come in any more (VS15). Banning is done where the person is: in the conversation. */
export function Bans() {
  const { project } = useProject()
  const query = useQuery(bansQuery(project.id))
  return (
    <SettingGroup
      title="Who is banned"
      sentence="A signed-in person is shut out in every browser; an anonymous visitor by session and address."
    >
      <Loaded query={query} height={72}>
        {({ bans }) =>
          bans.length === 0 ? (
            <p className="blank">
              <strong>Nobody is banned</strong>
              To ban somebody, open a conversation and choose Ban in its details.
            </p>
          ) : (
            <ul className="cards" aria-label="Bans">
              {bans.map((ban) => (
                <BanCard key={ban.id} ban={ban} projectId={project.id} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </SettingGroup>
  )
}

function BanCard({ ban, projectId }: { ban: Ban; projectId: string }) {
  const now = useStore($now)
  const { busy, run } = useAct({ refresh: bansQuery(projectId).queryKey })
  const { visitor, reason, bannedBy, createdAt } = ban
  const name = cleanName(visitor.name) ?? `Visitor ${visitor.id.slice(-4)}`
  const params = { project: projectId, ban: ban.id }
  return (
    <li className="card">
      <div className="card-main">
        <p className="card-title">
          <bdi>{name}</bdi>
          {visitor.externalId === null && <span className="chip">Not signed in</span>}
        </p>
        {visitor.externalId !== null && (
          <p className="card-line">
            External id <bdi className="mono">{visitor.externalId}</bdi>
          </p>
        )}
        {reason !== null && (
          <p className="card-line card-quote" dir="auto">
            {reason}
          </p>
        )}
        <p className="card-line">
          Banned{' '}
          {bannedBy && (
            <>
              by <AgentName name={bannedBy.name} />{' '}
            </>
          )}
          {onDayAndClock(createdAt, now)}
        </p>
      </div>
      <Button
        look="quiet"
        size="small"
        busy={busy}
        aria-label={`Lift the ban of ${name}`}
        onPress={() => void run(() => api('DELETE /projects/:project/bans/:ban', { params }), 'Lifted')}
      >
        Lift
      </Button>
    </li>
  )
}

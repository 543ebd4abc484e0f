import { useStore } from '@nanostores/react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Button } from '../../../parts/button.tsx'
import { dayAndClock } from '../../../parts/time.ts'
import { api } from '../../../stores/api.ts'
import { everyPage } from '../../../stores/every-page.ts'
import { $now } from '../../../stores/now.ts'
import { useAct } from '../../use-act.ts'
import { SettingGroup } from '../setting-group.tsx'
import { roleNames } from './roles.ts'

export function invitationsQuery(project: string) {
  return queryOptions({
    queryKey: ['invitations', project],
    queryFn: async () => ({
      invitations: await everyPage(async (query) => {
        const { invitations, nextPage } = await api('GET /projects/:project/invitations', {
          params: { project },
          query,
        })
        return { rows: invitations, nextPage }
      }),
    }),
  })
}

export function Invitations({ projectId }: { projectId: string }) {
  const { data } = useQuery(invitationsQuery(projectId))
  const { run } = useAct({ refresh: invitationsQuery(projectId).queryKey })
  const now = useStore($now)
  if (data === undefined || data.invitations.length === 0) return null
  const withdraw = (invitation: string) => {
    const params = { project: projectId, invitation }
    void run(() => api('DELETE /projects/:project/invitations/:invitation', { params }), 'Withdrawn')
  }
  return (
    <SettingGroup title="Open invitations" sentence="Each link works once. To see a link again, invite anew.">
      <ul className="cards" aria-label="Open invitations">
        {data.invitations.map(({ id, email, role, expiresAt }) => (
          <li key={id} className="card card-member">
            <div className="card-main">
              <p className="card-title">
                <bdi>{email}</bdi>
                <span className="chip">{roleNames[role]}</span>
              </p>
              <p className="card-line">Valid until {dayAndClock(expiresAt, now)}</p>
            </div>
            <Button
              look="quiet"
              size="small"
              aria-label={`Withdraw the invitation of ${email}`}
              onPress={() => withdraw(id)}
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
    </SettingGroup>
  )
}

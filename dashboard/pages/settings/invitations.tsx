import { useStore } from '@nanostores/react'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '../../parts/button.tsx'
import { dayAndClock } from '../../parts/time.ts'
import { api, sentenceFor } from '../../stores/api.ts'
import { $now } from '../../stores/now.ts'
import { toast } from '../../stores/toasts.ts'
import { roleNames } from './roles.ts'
import { SettingGroup } from './setting-group.tsx'

export function invitationsQuery(project: string) {
  return queryOptions({
    queryKey: ['invitations', project],
    queryFn: () => api('GET /projects/:project/invitations', { params: { project } }),
  })
}

export function Invitations({ projectId }: { projectId: string }) {
  const { data } = useQuery(invitationsQuery(projectId))
  const queries = useQueryClient()
  const now = useStore($now)
  if (data === undefined || data.invitations.length === 0) return null
  async function withdraw(invitation: string) {
    try {
      await api('DELETE /projects/:project/invitations/:invitation', { params: { project: projectId, invitation } })
      toast('Withdrawn')
    } catch (error) {
      toast(`Not withdrawn. ${sentenceFor(error)}`, { tone: 'bad' })
    }
    await queries.invalidateQueries({ queryKey: invitationsQuery(projectId).queryKey })
  }
  return (
    <SettingGroup title="Open invitations" sentence="Each link works once. To see a link again, invite anew.">
      <ul className="cards" aria-label="Open invitations">
        {data.invitations.map(({ id, email, role, expiresAt }) => (
          <li key={id} className="card">
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
              onPress={() => void withdraw(id)}
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
    </SettingGroup>
  )
}

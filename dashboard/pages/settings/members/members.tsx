import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Bone, Waiting } from '../../../parts/skeleton.tsx'
import { sentenceFor } from '../../../stores/api.ts'
import { administers } from '../../../stores/me.ts'
import { membersQuery } from '../../members-query.ts'
import { useHere } from '../../workspace-context.ts'
import { SettingGroup } from '../setting-group.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberCard } from './member-card.tsx'

export function Members() {
  const { membership } = useHere()
  const { project } = membership
  const manages = administers(membership)
  const { data, error } = useQuery(membersQuery(project.id))
  const [inviting, setInviting] = useState(false)
  return (
    <>
      <SettingGroup
        title="Who answers here"
        sentence="Agents answer chats. Admins also change settings. Owners also make owners."
        action={
          manages && (
            <Button look="primary" icon="plus" onPress={() => setInviting(true)}>
              Invite
            </Button>
          )
        }
      >
        {error && <p className="blank">{sentenceFor(error)}</p>}
        {data === undefined && !error && (
          <Waiting>
            <Bone width="100%" height={120} />
          </Waiting>
        )}
        {data && (
          <ul className="cards" aria-label="Members">
            {data.members.map((member) => (
              <MemberCard key={member.agent.id} member={member} membership={membership} />
            ))}
          </ul>
        )}
      </SettingGroup>
      {manages && <Invitations projectId={project.id} />}
      {manages && inviting && <InviteDialog membership={membership} onClose={() => setInviting(false)} />}
    </>
  )
}

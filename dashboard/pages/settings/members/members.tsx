import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { administers } from '../../../stores/me.ts'
import { membersQuery } from '../../members-query.ts'
import { useHere } from '../../workspace-context.ts'
import { Loaded } from '../loaded.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberCard } from './member-card.tsx'

export function Members() {
  const { membership } = useHere()
  const { project } = membership
  const manages = administers(membership)
  const query = useQuery(membersQuery(project.id))
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
        <Loaded query={query} height={120}>
          {({ members }) => (
            <ul className="cards" aria-label="Members">
              {members.map((member) => (
                <MemberCard key={member.agent.id} member={member} membership={membership} />
              ))}
            </ul>
          )}
        </Loaded>
      </SettingGroup>
      {manages && <Invitations projectId={project.id} />}
      {manages && inviting && <InviteDialog membership={membership} onClose={() => setInviting(false)} />}
    </>
  )
}

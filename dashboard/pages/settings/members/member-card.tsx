import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Member, Role } from '../../../../protocol/records.ts'
import { AgentFace, PresenceDot } from '../../../parts/avatar.tsx'
import { IconButton } from '../../../parts/button.tsx'
import { Choice } from '../../../parts/choice.tsx'
import { ConfirmDialog } from '../../../parts/confirm-dialog.tsx'
import { Item, Menu } from '../../../parts/menu.tsx'
import { AgentName } from '../../../parts/person-name.tsx'
import { api } from '../../../stores/api.ts'
import { $me, administers, type Membership } from '../../../stores/me.ts'
import { membersQuery } from '../../members-query.ts'
import { useAct } from '../../use-act.ts'
import { useInstant } from '../use-project.ts'
import { roleNames, rolesGivenBy } from './roles.ts'

interface MemberCardProps {
  member: Member
  membership: Membership
}

export function MemberCard({ member, membership }: MemberCardProps) {
  const { agent, role, online } = member
  const [removing, setRemoving] = useState(false)
  const isMe = $me.get()?.agent.id === agent.id
  const mayChange = administers(membership) && (role !== 'owner' || membership.role === 'owner')
  return (
    <li className="card card-member">
      <AgentFace id={agent.id} name={agent.name} size={32} />
      <div className="card-main">
        <p className="card-title">
          <AgentName name={agent.name} />
          <PresenceDot online={online} />
          {isMe && <span className="chip">You</span>}
        </p>
        <p className="card-line">{agent.email}</p>
      </div>
      <div className="card-acts">
        {mayChange ? (
          <RoleChoice member={member} membership={membership} />
        ) : (
          <span className="chip">{roleNames[role]}</span>
        )}
        {mayChange && (
          <Menu label={agent.name} trigger={<IconButton icon="more" label={`Actions for ${agent.name}`} />}>
            <Item text="Remove…" icon="close" danger onAction={() => setRemoving(true)} />
          </Menu>
        )}
      </div>
      <RemoveDialog member={member} membership={membership} isOpen={removing} onClose={() => setRemoving(false)} />
    </li>
  )
}

function RoleChoice({ member: { agent, role }, membership }: MemberCardProps) {
  const { project } = membership
  const queries = useQueryClient()
  const [value, choose] = useInstant<Role>(role, async (next) => {
    const params = { project: project.id, agent: agent.id }
    await api('PATCH /projects/:project/members/:agent', { params, body: { role: next } })
    await queries.invalidateQueries({ queryKey: membersQuery(project.id).queryKey })
  })
  return (
    <Choice
      label={`Role of ${agent.name}`}
      labelHidden
      options={rolesGivenBy(membership.role)}
      value={value}
      onChange={(next) => void choose(next)}
    />
  )
}

function RemoveDialog({
  member: { agent },
  membership,
  isOpen,
  onClose,
}: MemberCardProps & { isOpen: boolean; onClose: () => void }) {
  const { project } = membership
  const { run, ...asked } = useAct({ refresh: membersQuery(project.id).queryKey, done: onClose })
  const params = { project: project.id, agent: agent.id }
  const remove = () => run(() => api('DELETE /projects/:project/members/:agent', { params }), 'Removed')
  return (
    <ConfirmDialog
      title={`Remove ${agent.name}?`}
      verb="Remove"
      {...asked}
      isOpen={isOpen}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <p>
        <bdi>{agent.name}</bdi> is signed out of this project at once. What was written stays.
      </p>
    </ConfirmDialog>
  )
}

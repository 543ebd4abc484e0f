import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Department } from '../../../../protocol/records.ts'
import { IconButton } from '../../../parts/button.tsx'
import { ConfirmDialog } from '../../../parts/confirm-dialog.tsx'
import { Item, Menu } from '../../../parts/menu.tsx'
import { AgentName } from '../../../parts/person-name.tsx'
import { plural } from '../../../parts/time.ts'
import { api } from '../../../stores/api.ts'
import { departmentsQuery } from '../../departments-query.ts'
import { membersQuery } from '../../members-query.ts'
import { useAct } from '../../use-act.ts'
import { DepartmentDialog } from './department-dialog.tsx'

interface DepartmentCardProps {
  department: Department
  projectId: string
}

export function DepartmentCard({ department, projectId }: DepartmentCardProps) {
  const { name, legacyId } = department
  const [asking, setAsking] = useState<'change' | 'delete'>()
  const close = () => setAsking(undefined)
  return (
    <li className="card">
      <div className="card-main">
        <p className="card-title">
          <bdi>{name}</bdi>
        </p>
        <p className="card-line">
          <Agents department={department} projectId={projectId} />
        </p>
        {legacyId !== null && (
          <p className="card-line">
            Pages know it as <bdi className="mono">{legacyId}</bdi>
          </p>
        )}
      </div>
      <Menu label={name} trigger={<IconButton icon="more" label={`Actions for ${name}`} />}>
        <Item text="Change…" icon="settings" onAction={() => setAsking('change')} />
        <Item text="Delete…" icon="close" danger onAction={() => setAsking('delete')} />
      </Menu>
      {asking === 'change' && <DepartmentDialog projectId={projectId} department={department} onClose={close} />}
      <Delete {...{ department, projectId }} isOpen={asking === 'delete'} onClose={close} />
    </li>
  )
}

function Agents({ department: { agentIds }, projectId }: DepartmentCardProps) {
  const { data } = useQuery(membersQuery(projectId))
  const agents = (data?.members ?? []).filter(({ agent }) => agentIds.includes(agent.id))
  if (agentIds.length === 0) return 'Nobody is in it. Owners and admins see its conversations all the same.'
  return agents.map(({ agent }, place) => (
    <span key={agent.id}>
      {place > 0 && ', '}
      <AgentName name={agent.name} />
    </span>
  ))
}

function Delete({
  department: { id, name, agentIds },
  projectId,
  isOpen,
  onClose,
}: DepartmentCardProps & { isOpen: boolean; onClose: () => void }) {
  const { run, ...asked } = useAct({ refresh: departmentsQuery(projectId).queryKey, done: onClose })
  const params = { project: projectId, department: id }
  return (
    <ConfirmDialog
      title="Delete the department?"
      verb="Delete now"
      {...asked}
      isOpen={isOpen}
      onConfirm={() => void run(() => api('DELETE /projects/:project/departments/:department', { params }), 'Deleted')}
      onClose={onClose}
    >
      <p>
        The conversations of <bdi>{name}</bdi> stay, without a department.
        {agentIds.length > 0 &&
          ` ${plural(agentIds.length, 'member')} of it no longer ${agentIds.length === 1 ? 'sees' : 'see'} what others have there, unless they are owners or admins.`}
      </p>
    </ConfirmDialog>
  )
}

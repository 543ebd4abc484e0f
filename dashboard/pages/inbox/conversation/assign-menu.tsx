import { useQuery } from '@tanstack/react-query'
import { Button } from 'react-aria-components/Button'
import type { Conversation } from '../../../../protocol/records.ts'
import { AgentFace } from '../../../parts/avatar.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Item, Menu } from '../../../parts/menu.tsx'
import { AgentName } from '../../../parts/person-name.tsx'
import { membersQuery } from '../../members-query.ts'
import { useHere } from '../../workspace-context.ts'
import type { Change } from './use-change.ts'

interface AssignMenuProps {
  conversation: Conversation
  assign: Change['assign']
}

export function AssignMenu({ conversation: { assignee }, assign }: AssignMenuProps) {
  const { workspace } = useHere()
  const { agent, projectId } = workspace
  const { data } = useQuery(membersQuery(projectId))
  const others = (data?.members ?? []).filter((member) => member.agent.id !== agent.id)
  const mine = assignee?.id === agent.id
  return (
    <Menu
      label="Assign to"
      trigger={
        <Button className="button button-quiet button-small talk-assign">
          {assignee && <span className="visually-hidden">Assigned to </span>}
          {assignee ? <AgentFace id={assignee.id} name={assignee.name} size={20} /> : <Icon name="person" size={16} />}
          <span className="talk-assign-name">
            {assignee === null ? 'Assign' : mine ? 'You' : <AgentName name={assignee.name} />}
          </span>
          <Icon name="chevron" size={16} />
        </Button>
      }
    >
      <Item
        text="You"
        face={<AgentFace id={agent.id} name={agent.name} size={20} />}
        chosen={mine}
        onAction={() => assign({ id: agent.id, name: agent.name })}
      />
      {others.map(({ agent: { id, name } }) => (
        <Item
          key={id}
          text={name}
          face={<AgentFace id={id} name={name} size={20} />}
          chosen={assignee?.id === id}
          onAction={() => assign({ id, name })}
        />
      ))}
      <Item text="Nobody" icon="person" chosen={assignee === null} onAction={() => assign(null)} />
    </Menu>
  )
}

import { useQuery } from '@tanstack/react-query'
import type { Conversation } from '../../../../protocol/records.ts'
import { Choice } from '../../../parts/choice.tsx'
import { departmentsQuery } from '../../departments-query.ts'
import { useHere } from '../../workspace-context.ts'
import { useChange } from './use-change.ts'

/** Whose department a conversation is for, where the project has any. */
export function DepartmentChoice({ conversation }: { conversation: Conversation }) {
  const { workspace } = useHere()
  const { data } = useQuery(departmentsQuery(workspace.projectId))
  const { moveTo } = useChange(conversation)
  const { department } = conversation
  const all = data?.departments ?? []
  if (all.length === 0 && department === null) return null
  const known = all.some(({ id }) => id === department?.id) || department === null ? all : [department, ...all]
  const options = [{ value: none, text: 'No department' }, ...known.map(({ id, name }) => ({ value: id, text: name }))]
  const choose = (value: string) => moveTo(known.find(({ id }) => id === value) ?? null)
  return <Choice label="Department" options={options} value={department?.id ?? none} onChange={choose} />
}

const none = 'none'

import type { Visitor } from '../../protocol/records.ts'
import { cleanName } from './clean-name.ts'
import { visitorName } from './standing.ts'

/** Names stand in isolation, so that one written right to left leaves its surroundings alone. */
export function VisitorName({ visitor }: { visitor: Visitor }) {
  return <bdi>{visitorName(visitor)}</bdi>
}

export function AgentName({ name }: { name: string | null }) {
  return <bdi>{cleanName(name) ?? 'Somebody'}</bdi>
}

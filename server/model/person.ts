/** Somebody in a project, as presence counts him: an agent may be online in one project and not in another. */
export interface Person {
  kind: 'visitor' | 'agent'
  projectId: string
  id: string
}

/** Says all that it takes to tell his project that he has gone, also for a node that never had him. */
export const personKey = ({ kind, projectId, id }: Person): string => `${kind}:${projectId}:${id}`

/** Nobody for what else presence counts, such as a session. */
export function personFrom(key: string): Person | undefined {
  const [kind, projectId, id] = key.split(':')
  if ((kind !== 'visitor' && kind !== 'agent') || !projectId || !id) return undefined
  return { kind, projectId, id }
}

/**
 * What a batch reads before it decides anything. Asked for all at once, behind the lock on the projects: the answers come
 * in one round trip.
 */
import type { Transaction } from '../../db/database.ts'
import { Attaching } from '../attachment/attaching.ts'
import type { Draft } from './append.ts'
import type { DepartmentName, LockedProject, MessageStore, OpenConversation, StoredMessage } from './store.ts'

export interface BatchReads {
  projects: LockedProject[]
  /** Those that are named. */
  conversations: OpenConversation[]
  /** What is stored already of what is sent. */
  stored: StoredMessage[]
  departments: DepartmentName[]
  attaching: Attaching | undefined
}

export async function readForBatch(
  tx: Transaction,
  store: MessageStore,
  drafts: readonly Draft[],
): Promise<BatchReads> {
  const byProject = Map.groupBy(drafts, ({ projectId }) => projectId)
  const named = new Set(drafts.flatMap(({ conversationId }) => conversationId ?? []))
  const [projects, conversations, stored, departments, attaching] = await Promise.all([
    // First: what is asked behind it is answered under its lock.
    store.lockProjects([...byProject.keys()].sort()),
    store.findConversations([...named]),
    Promise.all([...byProject].map(([projectId, own]) => store.findMessages(projectId, clientIdsOf(own)))),
    Promise.all(namingDepartments(drafts).map((projectId) => store.findDepartments(projectId))),
    Attaching.of(tx, drafts),
  ])
  return { projects, conversations, stored: stored.flat(), departments: departments.flat(), attaching }
}

const clientIdsOf = (drafts: readonly Draft[]): string[] => drafts.map(({ clientId }) => clientId)

/** The projects in which one that begins a conversation names a department. */
function namingDepartments(drafts: readonly Draft[]): string[] {
  const naming = drafts.filter((draft) => draft.departmentId !== undefined && draft.conversationId === undefined)
  return [...new Set(naming.map(({ projectId }) => projectId))]
}

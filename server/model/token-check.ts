/** "Check a token" (VS13): every rule, run on a token that a developer has pasted. It is not kept and not logged. */
import { checkVisitorToken } from '../../identity/visitor-token.ts'
import type { TokenCheck } from '../../protocol/admin-records.ts'
import { requireAction } from './access.ts'
import type { Member } from './caller.ts'
import type { Model } from './model.ts'
import { requireProject } from './project.ts'
import { type OfferedToken, withCandidates } from './visitor-token.ts'

export async function checkToken(
  model: Pick<Model, 'database' | 'bus' | 'keys' | 'now'>,
  member: Member,
  offered: OfferedToken,
): Promise<TokenCheck> {
  requireAction(member, 'explainSignIns')
  const project = await requireProject(model, member.projectId)
  const { accepted, rules } = await withCandidates(model, project, offered, checkVisitorToken)
  return { accepted, rules, visitor: null }
}

/** "Check a token" (VS13): every rule, run on a token that a developer has pasted. It is not kept and not logged. */
import { TokenRefused } from '../../../identity/errors.ts'
import type { VisitorIdentity } from '../../../identity/visitor-token.ts'
import type { TokenCheck } from '../../../protocol/admin-records.ts'
import type { Project } from '../../../protocol/records.ts'
import { requireAction } from '../access.ts'
import type { Member } from '../caller.ts'
import type { Model } from '../model.ts'
import { requireProject } from '../project/project.ts'
import { diagnose } from './token-diagnosis.ts'
import { refuseSpentToken } from './used-token.ts'
import { type OfferedToken, runRules } from './visitor-token.ts'

export async function checkToken(
  model: Pick<Model, 'database' | 'bus' | 'keys' | 'now'>,
  member: Member,
  offered: OfferedToken,
): Promise<TokenCheck> {
  requireAction(member, 'explainSignIns')
  const project = await requireProject(model, member.projectId)
  const { rules, result } = await runRules(model, project, offered)
  const identity = result instanceof TokenRefused ? undefined : result.identity
  const refused = result instanceof TokenRefused ? result : await refusalOfSpent(model, project, result.identity)
  if (!refused) return { accepted: true, rules, visitor: identity ? visitorFrom(identity) : null }
  const hint = await diagnose(model, project, offered.token, refused, member.agentId)
  const { code, field } = refused
  const failure = { outcome: 'failed' as const, code, ...(field !== undefined && { field }), ...(hint && { hint }) }
  // Single use is the last thing that is asked, and asked by the last rule.
  const failed = identity ? rules.at(-1)?.rule : rules.find(({ outcome }) => outcome === 'failed')?.rule
  return {
    accepted: false,
    rules: rules.map((each) => (each.rule === failed ? { rule: each.rule, ...failure } : each)),
    visitor: null,
  }
}

async function refusalOfSpent(
  model: Pick<Model, 'database'>,
  project: Project,
  identity: VisitorIdentity,
): Promise<TokenRefused | undefined> {
  if (!project.singleUseTokens) return undefined
  try {
    await refuseSpentToken(model, project.id, identity)
    return undefined
  } catch (error) {
    if (error instanceof TokenRefused) return error
    throw error
  }
}

function visitorFrom({ externalId, name, email }: VisitorIdentity): NonNullable<TokenCheck['visitor']> {
  return { externalId, name, email }
}

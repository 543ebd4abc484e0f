/** A visitor token, verified with what the project has by way of keys right now. */
import { TokenRefused } from '../../../identity/errors.ts'
import {
  checkVisitorToken,
  type TokenCheck,
  type VerifiedToken,
  type VisitorTokenInput,
  verifyVisitorToken,
} from '../../../identity/visitor-token.ts'
import type { Project } from '../../../protocol/records.ts'
import type { Candidates } from '../../keys/key-store.ts'
import type { Model } from '../model.ts'
import { refreshForUnknownKid, refreshSets } from '../signing-key/key-set.ts'

type Acting = Pick<Model, 'database' | 'bus' | 'keys' | 'now'>

export interface OfferedToken {
  token: string
  verifier?: string | undefined
}

/** Throws identity's TokenRefused. */
export async function verifyToken(model: Acting, project: Project, offered: OfferedToken): Promise<VerifiedToken> {
  const { result } = await withCurrentKeys(model, project, offered, async (input) => {
    return { result: await verifyVisitorToken(input).catch(refusal) }
  })
  if (result instanceof TokenRefused) throw result
  return result
}

/** The same decision, rule by rule (VS13). */
export function runRules(model: Acting, project: Project, offered: OfferedToken): Promise<TokenCheck> {
  return withCurrentKeys(model, project, offered, checkVisitorToken)
}

/** Once more if the token asks for a key that is not there, and the keys of the site were not fetched just now. */
async function withCurrentKeys<Outcome extends { result: VerifiedToken | TokenRefused }>(
  model: Acting,
  project: Project,
  { token, verifier }: OfferedToken,
  decide: (input: VisitorTokenInput) => Promise<Outcome>,
): Promise<Outcome> {
  const now = model.now()
  const attempt = (candidates: Candidates) => decide({ token, verifier, project, ...candidates, now })
  let candidates = await model.keys.candidates(project.id, now)
  if (await refreshSets(model, project.id, candidates.sets)) {
    candidates = await model.keys.candidates(project.id, now)
  }
  const outcome = await attempt(candidates)
  const unknown = outcome.result instanceof TokenRefused && outcome.result.code === 'key_unknown'
  if (!unknown || !(await refreshForUnknownKid(model, project.id, candidates.sets))) return outcome
  return attempt(await model.keys.candidates(project.id, now))
}

function refusal(error: unknown): TokenRefused {
  if (error instanceof TokenRefused) return error
  throw error
}

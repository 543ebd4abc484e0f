/** A visitor token, verified with what the project has by way of keys right now. */
import { TokenRefused } from '../../identity/errors.ts'
import { type VerifiedToken, type VisitorTokenInput, verifyVisitorToken } from '../../identity/visitor-token.ts'
import type { Project } from '../../protocol/records.ts'
import type { Candidates } from '../keys/key-store.ts'
import { refreshForUnknownKid, refreshSets } from './key-set.ts'
import type { Model } from './model.ts'

type Acting = Pick<Model, 'database' | 'bus' | 'keys' | 'now'>

export interface OfferedToken {
  token: string
  verifier?: string | undefined
}

/** Throws identity's TokenRefused. */
export async function verifyToken(model: Acting, project: Project, offered: OfferedToken): Promise<VerifiedToken> {
  return withCandidates(model, project, offered, verifyVisitorToken)
}

/** Runs something on the token and the candidates; once more if it asks for a key that could be a new one. */
export async function withCandidates<Result>(
  model: Acting,
  project: Project,
  { token, verifier }: OfferedToken,
  run: (input: VisitorTokenInput) => Promise<Result>,
): Promise<Result> {
  const now = model.now()
  const attempt = (candidates: Candidates) => run({ token, verifier, project, ...candidates, now })
  let candidates = await model.keys.candidates(project.id, now)
  if (await refreshSets(model, project.id, candidates.sets)) {
    candidates = await model.keys.candidates(project.id, now)
  }
  try {
    return await attempt(candidates)
  } catch (error) {
    const unknown = error instanceof TokenRefused && error.code === 'key_unknown'
    if (!unknown || !(await refreshForUnknownKid(model, project.id, candidates.sets))) throw error
  }
  return attempt(await model.keys.candidates(project.id, now))
}

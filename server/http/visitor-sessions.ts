import { TokenRefused } from '../../identity/errors.ts'
import { claim } from '../model/claims.ts'
import { requireProject } from '../model/project.ts'
import { Refused } from '../model/refused.ts'
import { signInAnonymously, signInWithToken } from '../model/sign-in.ts'
import { describeVisitor, keepAnonymousSession, signOutVisitor } from '../model/visitor-session.ts'
import { Attempts, addressKey } from './attempts.ts'
import { requireOrigin, requireVisitor } from './caller.ts'
import type { HttpParts } from './parts.ts'
import type { Route } from './route.ts'

export function visitorSessionRoutes(route: Route, { model, signInLog }: HttpParts): void {
  const attempts = new Attempts({ free: 60, firstMs: 1_000, longestMs: 60_000, now: model.now })

  route('POST /projects/:project/visitor-sessions', async ({ params, body }, request, reply) => {
    const project = await requireProject(model, params.project)
    requireOrigin(project, request.headers.origin)
    reply.header('cache-control', 'no-store')
    const { token, verifier, previousSession, claims } = body
    if (token === undefined) return signInAnonymously(model, project, { claims, previousSession })
    const address = addressKey(request.ip)
    try {
      return await signInWithToken(model, project, { token, verifier, previousSession })
    } catch (error) {
      // VS14: only what is refused counts, and a token that verifies never waits for somebody else's junk.
      if (error instanceof TokenRefused || error instanceof Refused) {
        attempts.require(address)
        attempts.refused(address)
        signInLog.note(project, error, { token, origin: request.headers.origin })
      }
      throw error
    }
  })

  route('GET /visitor-session', async (_input, request) => {
    const caller = await keepAnonymousSession(model, await requireVisitor(model, request))
    const described = await describeVisitor(model, caller.visitorId, caller.verification !== null)
    return { expiresAt: caller.expiresAt, ...described }
  })

  route('PATCH /visitor-session', async ({ body }, request) => claim(model, await requireVisitor(model, request), body))

  route('DELETE /visitor-session', async (_input, request) => {
    await signOutVisitor(model, await requireVisitor(model, request))
  })
}

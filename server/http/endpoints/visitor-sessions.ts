import type { FastifyRequest } from 'fastify'
import { TokenRefused } from '../../../identity/errors.ts'
import { Allowance } from '../../model/allowance.ts'
import { Attempts } from '../../model/attempts.ts'
import { requireProject } from '../../model/project/project.ts'
import { Refused } from '../../model/refused.ts'
import { answerCarryOver, findOffer } from '../../model/sign-in/carry-over.ts'
import { type Admission, signInAnonymously } from '../../model/sign-in/sign-in.ts'
import { claim } from '../../model/visitor/claims.ts'
import { describeVisitor, keepAnonymousSession } from '../../model/visitor/session.ts'
import { signOutVisitor } from '../../model/visitor/sign-out.ts'
import { traced } from '../../traced.ts'
import { addressKey } from '../address-key.ts'
import { requireOrigin, requireVisitor } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function visitorSessionRoutes(
  route: Route,
  { model, publicUrl, newcomers, signIns, signInLog }: HttpParts,
): void {
  const callerOf = (request: FastifyRequest) => requireVisitor(model, request, publicUrl())
  const admitted = async (kind: 'anonymous' | 'token', signIn: () => Promise<Admission>) => {
    const admission = await traced('sign-in', { 'signet.kind': kind }, signIn)
    model.metrics.signIns.add(kind)
    return admission
  }
  // Each shows agents all of his conversations anew.
  const claims = new Allowance({ perMinute: 12, burst: 20, now: model.now })
  const attempts = new Attempts({ free: 60, firstMs: 1_000, longestMs: 60_000, now: model.now })

  route('POST /projects/:project/visitor-sessions', async ({ params, body }, request, reply) => {
    const project = await requireProject(model, params.project)
    const fromAllowedSite = () => requireOrigin(project, request.headers, publicUrl())
    reply.header('cache-control', 'no-store')
    const { token, verifier, previousSession } = body
    const address = addressKey(request.ip)
    if (token === undefined) {
      fromAllowedSite()
      newcomers.take(address)
      return admitted('anonymous', () =>
        signInAnonymously(model, project, { claims: body.claims, previousSession, address }),
      )
    }
    try {
      fromAllowedSite()
      return await admitted('token', () => signIns.withToken(project, { token, verifier, previousSession }))
    } catch (error) {
      // VS14: only what is refused counts, and a token that verifies never waits for somebody else's junk.
      // Nor does somebody who is banned: his token is no junk, and he is to hear why he stays out.
      if (error instanceof TokenRefused || (error instanceof Refused && error.code !== 'banned')) {
        attempts.require(address)
        attempts.refused(address)
        signInLog.note(project, error, { token, origin: request.headers.origin })
      }
      throw error
    }
  })

  route('GET /visitor-session', async (_input, request) => {
    const caller = await keepAnonymousSession(model, await callerOf(request))
    const verified = caller.verification !== null
    const carryOver = verified ? await findOffer(model, caller.sessionId) : null
    return { expiresAt: caller.expiresAt, ...(await describeVisitor(model, caller.visitorId, verified)), carryOver }
  })

  route('POST /visitor-session/carry-over', async ({ body }, request) =>
    answerCarryOver(model, await callerOf(request), body.keep),
  )

  route('PATCH /visitor-session', async ({ body }, request) => {
    const caller = await callerOf(request)
    claims.take(caller.visitorId)
    return claim(model, caller, body)
  })

  route('DELETE /visitor-session', async (_input, request) => {
    await signOutVisitor(model, await callerOf(request))
  })
}

import type { FastifyRequest } from 'fastify'
import type { Action } from '../../model/access.ts'
import { acceptInvitation, previewInvitation } from '../../model/agent/accept-invitation.ts'
import { emailKey } from '../../model/agent/agent.ts'
import { invite, listInvitations, withdrawInvitation } from '../../model/agent/invitation.ts'
import { beginLogIn } from '../../model/agent/log-in-attempts.ts'
import { listMembers, listMemberships, readMembers, requireMember } from '../../model/agent/membership.ts'
import { changeRole, removeMember } from '../../model/agent/membership-change.ts'
import { endReplacedSession } from '../../model/agent/session.ts'
import { Allowance } from '../../model/allowance.ts'
import { Attempts } from '../../model/attempts.ts'
import { invitationLink } from '../../model/mail/invitation.ts'
import { Refused } from '../../model/refused.ts'
import { addressKey } from '../address-key.ts'
import { agentCookie, requireActor, requireAgent } from '../caller.ts'
import { readLimit } from '../limit.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'
import { setAgentCookie } from './agent-session.ts'

export function memberRoutes(route: Route, { model, mailing, publicUrl }: HttpParts): void {
  const memberFor = async (request: FastifyRequest, project: string, action: Action) => {
    const caller = await requireAgent(model, request, publicUrl())
    return { ...(await requireMember(model, caller, project, action)), name: caller.name }
  }
  // Whoever has an account may make a project and invite: that must be no way to fill the world's mailboxes.
  const mailsBy = new Allowance({ perMinute: 1, burst: 50, now: model.now })
  const mailsTo = new Allowance({ perMinute: 1 / 60, burst: 3, now: model.now })

  route('GET /projects/:project/members', async ({ params, query }, request) => {
    const { projectId } = await requireActor(model, request, publicUrl(), params.project, 'readMembers')
    return readMembers(model, projectId, { page: query.page, limit: readLimit(query.limit, 200) })
  })

  route('PATCH /projects/:project/members/:agent', async ({ params, body }, request) => {
    const actor = await memberFor(request, params.project, 'manageMembers')
    await changeRole(model, actor, params.agent, body.role, request.ip)
    const changed = (await listMembers(model, actor.projectId)).find(({ agent }) => agent.id === params.agent)
    if (!changed) throw new Refused('not_found', { field: 'agent' })
    return changed
  })

  route('DELETE /projects/:project/members/:agent', async ({ params }, request) => {
    const actor = await memberFor(request, params.project, 'manageMembers')
    await removeMember(model, actor, params.agent, request.ip)
  })

  route('GET /projects/:project/invitations', async ({ params, query }, request) => {
    const { projectId } = await memberFor(request, params.project, 'manageMembers')
    return listInvitations(model, projectId, { page: query.page, limit: readLimit(query.limit, 200) })
  })

  route('POST /projects/:project/invitations', async ({ params, body }, request) => {
    const actor = await memberFor(request, params.project, 'manageMembers')
    if (mailing) {
      mailsBy.take(actor.agentId)
      mailsTo.take(emailKey(body.email))
    }
    const { token, ...invitation } = await invite(model, actor, body, request.ip, mailing)
    // Behind the #, where it reaches no server's log and no referrer.
    return { ...invitation, link: invitationLink(publicUrl(), token) }
  })

  route('DELETE /projects/:project/invitations/:invitation', async ({ params }, request) => {
    const actor = await memberFor(request, params.project, 'manageMembers')
    await withdrawInvitation(model, actor, params.invitation, request.ip)
  })
}

export function invitationRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const attempts = new Attempts({ free: 10, firstMs: 1_000, longestMs: 15 * 60_000, now: model.now })

  const guarded = async <Result>(address: string, act: () => Promise<Result>): Promise<Result> => {
    const name = addressKey(address)
    attempts.require(name)
    try {
      return await act()
    } catch (error) {
      // A database that does not answer is nobody's wrong guess.
      if (error instanceof Refused) attempts.refused(name)
      throw error
    }
  }

  route('POST /invitations/preview', async ({ body }, request) => {
    const { projectName, email, role, hasAccount } = await guarded(request.ip, () =>
      previewInvitation(model, body.token),
    )
    return { projectName, email, role, hasAccount }
  })

  route('POST /invitations/accept', async ({ body }, request, reply) => {
    const { hasAccount, email: account } = await guarded(request.ip, () => previewInvitation(model, body.token))
    // Anybody may invite anybody to a project of his own: that must be no way to guess at passwords unhindered.
    const succeeded = hasAccount ? await beginLogIn(model, emailKey(account), addressKey(request.ip)) : async () => {}
    const { agent, cookie } = await guarded(request.ip, () => acceptInvitation(model, body.token, body, request.ip))
    await succeeded()
    await endReplacedSession(model, request.cookies[agentCookie])
    setAgentCookie(reply, cookie, publicUrl())
    const { agentId, name, email } = agent
    return { agent: { id: agentId, name, email }, memberships: await listMemberships(model, agentId) }
  })
}

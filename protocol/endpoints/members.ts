/** Members and invitations. */
import Type from 'typebox'
import { Id, Invitation, Member, Role } from '../records.ts'
import {
  Email,
  type Endpoint,
  InvitationToken,
  Me,
  Nothing,
  object,
  Password,
  PersonName,
  ProjectParams,
} from './parts.ts'

export const memberEndpoints = {
  'GET /projects/:project/members': {
    summary: 'Who answers here',
    caller: 'agent',
    scope: 'project:read',
    params: ProjectParams,
    status: 200,
    answer: object({ members: Type.Array(Member) }),
  },
  'PATCH /projects/:project/members/:agent': {
    summary: "Change a member's role",
    caller: 'agent',
    params: object({ project: Id, agent: Id }),
    body: object({ role: Role }),
    status: 200,
    refusals: ['forbidden', 'last_owner'],
    answer: Member,
  },
  'DELETE /projects/:project/members/:agent': {
    summary: 'Remove a member',
    caller: 'agent',
    params: object({ project: Id, agent: Id }),
    status: 204,
    refusals: ['forbidden', 'last_owner'],
    answer: Nothing,
  },
  'GET /projects/:project/invitations': {
    summary: 'Invitations that are still open',
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    refusals: ['forbidden'],
    answer: object({ invitations: Type.Array(Invitation) }),
  },
  'POST /projects/:project/invitations': {
    summary: 'Invite somebody; the link is in this answer, and in a mail to him where mail is set up',
    caller: 'agent',
    params: ProjectParams,
    body: object({ email: Email, role: Role }),
    status: 201,
    refusals: ['forbidden', 'already_member', 'rate_limited'],
    answer: object({ ...Invitation.properties, link: Type.String(), mailed: Type.Boolean() }),
  },
  'DELETE /projects/:project/invitations/:invitation': {
    summary: 'Take an invitation back',
    caller: 'agent',
    params: object({ project: Id, invitation: Id }),
    status: 204,
    refusals: ['forbidden'],
    answer: Nothing,
  },
  'POST /invitations/preview': {
    summary: 'What does this invitation offer?',
    caller: 'anybody',
    body: object({ token: InvitationToken }),
    status: 200,
    refusals: ['invitation_expired', 'rate_limited'],
    answer: object({ projectName: Type.String(), email: Type.String(), role: Role, hasAccount: Type.Boolean() }),
  },
  'POST /invitations/accept': {
    summary: 'Join. Somebody with an account gives its password, a newcomer chooses one; sets the cookie',
    caller: 'anybody',
    body: object({ token: InvitationToken, name: Type.Optional(PersonName), password: Password }),
    status: 201,
    refusals: ['wrong_credentials', 'invitation_expired', 'rate_limited'],
    answer: Me,
  },
} as const satisfies Record<string, Endpoint>

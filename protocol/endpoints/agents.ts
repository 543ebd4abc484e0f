/** Set-up, and the agent's own session. */
import Type from 'typebox'
import { described } from '../record-parts.ts'
import { Agent, Project } from '../records.ts'
import { Email, type Endpoint, Me, Nothing, object, Password, PersonName, ProjectName, withoutNul } from './parts.ts'

export const agentEndpoints = {
  'GET /setup': {
    summary: 'Is this installation waiting for its first owner?',
    caller: 'anybody',
    status: 200,
    answer: object({
      needed: Type.Boolean(),
      codeRequired: described(Type.Boolean(), 'Has whoever sets it up to bring the code that the server printed?'),
      mail: described(Type.Boolean(), 'Can this server send mail?'),
    }),
  },
  'POST /setup': {
    summary: 'Make the first owner and the first project, and sign in',
    caller: 'anybody',
    body: object({
      name: PersonName,
      email: Email,
      password: Password,
      projectName: ProjectName,
      code: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    status: 201,
    refusals: ['already_set_up', 'setup_code_required', 'origin_not_allowed'],
    answer: object({ agent: Agent, project: Project }),
  },
  'POST /agent-session': {
    summary: 'Sign an agent in; sets the cookie',
    caller: 'anybody',
    body: object({
      email: Type.String({ maxLength: 255, pattern: withoutNul }),
      password: Type.String({ maxLength: 200 }),
    }),
    status: 201,
    refusals: ['wrong_credentials', 'origin_not_allowed', 'rate_limited'],
    answer: Me,
  },
  'DELETE /agent-session': { summary: 'Sign the agent out', caller: 'agent', status: 204, answer: Nothing },
  'GET /me': { summary: 'Who am I, and where do I belong', caller: 'agent', status: 200, answer: Me },
} as const satisfies Record<string, Endpoint>

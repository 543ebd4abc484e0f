/** Bans (VS15): of a person over all his browsers, or of an anonymous visitor by session and address. */
import Type from 'typebox'
import { Ban } from '../admin-records.ts'
import { Id } from '../records.ts'
import { type Endpoint, LongPaging, NextPage, Nothing, object, ProjectParams, withoutNul } from './parts.ts'

export const banEndpoints = {
  'GET /projects/:project/bans': {
    summary: 'Who is banned, the latest first',
    caller: 'agent',
    scope: 'visitors:ban',
    params: ProjectParams,
    query: LongPaging,
    status: 200,
    answer: object({ bans: Type.Array(Ban), nextPage: NextPage }),
  },
  'POST /projects/:project/bans': {
    summary: 'Ban a visitor: he is signed out within a second and not let in again',
    caller: 'agent',
    scope: 'visitors:ban',
    params: ProjectParams,
    body: object({ visitorId: Id, reason: Type.Optional(Type.String({ maxLength: 400, pattern: withoutNul })) }),
    status: 201,
    answer: Ban,
  },
  'DELETE /projects/:project/bans/:ban': {
    summary: 'Lift a ban',
    caller: 'agent',
    scope: 'visitors:ban',
    params: object({ project: Id, ban: Id }),
    status: 204,
    answer: Nothing,
  },
} as const satisfies Record<string, Endpoint>

import { type Api, type ApiError, createApi } from '../client/api.ts'
import type { Answer } from '../protocol/endpoints.ts'
import { troubleOf } from './report.ts'

export type Project = Answer<'GET /projects/:project/widget'>

/** Where this page's chat is, and who asks there. */
export interface Server {
  project: string
  as(session?: string): Api
}

export function createServer(baseUrl: string, project: string): Server {
  return { project, as: (session) => createApi({ baseUrl, session: () => session }) }
}

/** Did the server not answer, rather than refuse? Trying again may help, and nothing has been decided. */
export function isPassing(error: unknown): error is ApiError {
  // By its code, not by its class: loader and panel are two bundles, and each has its own.
  return /^(offline|unavailable|internal_error|rate_limited)$/.test(troubleOf(error).code)
}

/** ETag and If-Match: so that two people who change the same thing do not undo each other's work unseen. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../model/refused.ts'

export function tag(reply: FastifyReply, version: number | string): void {
  reply.header('etag', `"${version}"`)
}

/** The version that the caller has before his eyes; undefined when he does not say, or does not mind. */
export function versionMeant({ headers }: FastifyRequest): string | undefined {
  const given = headers['if-match']
  if (given === undefined || given === '*') return undefined
  const [, version] = /^"([\w-]{1,64})"$/.exec(given) ?? []
  if (version === undefined) throw new Refused('invalid_request', { field: 'if-match' })
  return version
}

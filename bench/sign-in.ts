import { askOnce, Child } from './child.ts'
import type { Database } from './databases.ts'
import type { BareFastify } from './limits/fastify.ts'
import type { Jose } from './limits/jose.ts'
import type { BareSessions } from './limits/sessions.ts'
import type { Requests } from './load/requests.ts'
import { compare } from './rounds.ts'
import { type Row, rateRow, type Scale } from './row.ts'
import { newSecret, startSignet } from './signet.ts'

const inFlight = 64

/** A token for a session over HTTP, beside what its three unavoidable parts would take one after the other. */
export async function signIn({ rounds, seconds: longest }: Scale, database: Database): Promise<Row[]> {
  const seconds = longest / 2
  const signet = await startSignet(database)
  const fastify = new Child<BareFastify>('bench/limits/fastify.ts')
  const load = new Child<Requests>('bench/load/requests.ts')
  try {
    const { secret } = await newSecret(signet)
    const bareUrl = await fastify.ask('listen', null)
    const requests = { secret, connections: inFlight, seconds }
    const path = `/api/v1/projects/${signet.project}/visitor-sessions`
    const limit = async () => {
      const http = await load.ask('signIn', { ...requests, url: bareUrl, path: '/sign-in' })
      const verify = await askOnce<Jose, 'verify'>('bench/limits/jose.ts', 'verify', { inFlight, seconds })
      const storing = { inFlight, seconds }
      const empty = await database.fresh()
      const store = await askOnce<BareSessions, 'store'>('bench/limits/sessions.ts', 'store', storing, empty)
      return 1 / (1 / http + 1 / verify + 1 / store)
    }
    const compared = await compare(rounds, () => load.ask('signIn', { ...requests, url: signet.url, path }), limit)
    return [rateRow(`sign-in exchange, ${inFlight} in flight (Fastify + jose + group commit)`, '', compared, 0.4)]
  } finally {
    await Promise.all([load, fastify, signet].map((each) => each.stop()))
  }
}

/**
 * What a name that somebody typed stands for. Not asked of the system, as for the names that the operator gives: it has
 * few threads for that, and a name whose servers never answer would hold up what everybody else looks up, be it the
 * database's name.
 */
import type { LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'

const tries = 2

export async function resolveName(host: string, servers?: string[], timeoutMs = 1_500): Promise<LookupAddress[]> {
  const resolver = new Resolver({ timeout: timeoutMs, tries })
  if (servers) resolver.setServers(servers)
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const found = [...addressesOf(four, 4), ...addressesOf(six, 6)]
  if (found.length === 0 && four.status === 'rejected') throw four.reason
  return found
}

/** Many names have only one kind. */
const addressesOf = (asked: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] =>
  asked.status === 'fulfilled' ? asked.value.map((address) => ({ address, family })) : []

/**
 * How much an agent or an API key may ask for: so much at once, and so much a minute, each for itself and on each node
 * (the visitors' allowances are their own). Every answer to them says how they stand, in the headers of the IETF's
 * draft, so that a program can slow down before it is refused.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Allowance } from '../model/allowance.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Takes one request from what its caller may ask for, or refuses it. */
    spend(caller: { id: string }): void
    /** Whose allowance it was taken from. */
    spender: string | undefined
  }
}

export function keepBudgets(api: FastifyInstance, requests: Allowance): void {
  api.decorateRequest('spender', undefined)
  api.decorateRequest('spend', function ({ id }) {
    // Before it is taken: whoever is refused is told how he stands, too.
    this.spender = id
    requests.take(id)
  })
  api.addHook('onSend', async ({ spender }, reply) => {
    if (spender !== undefined) tellStanding(reply, requests, spender)
  })
}

function tellStanding(reply: FastifyReply, requests: Allowance, spender: string): void {
  const { left, fullInMs } = requests.standing(spender)
  reply
    .header('ratelimit-limit', requests.burst)
    .header('ratelimit-remaining', Math.floor(left))
    .header('ratelimit-reset', Math.ceil(fullInMs / 1_000))
}

/**
 * Registers a handler for an endpoint of protocol/endpoints.ts. The schemas there validate what comes in, and
 * protocol/openapi makes the document from them; the types there are the handler's types.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Answer, type Endpoint, type EndpointKey, endpoints, type Input } from '../../protocol/endpoints.ts'
import { Written } from '../model/reads.ts'
import { bodyDeadline } from './body-deadline.ts'

type Promised<K extends EndpointKey> = Answer<K> extends null ? void : Answer<K> | Written<Answer<K>>

export type Handler<K extends EndpointKey> = (
  input: Input<K>,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<Promised<K>>

const bodyMs = 30_000

/** What `routes` is given to register with. */
export type Route = <K extends EndpointKey>(key: K, handler: Handler<K>) => void

export function routeOn(server: FastifyInstance): Route {
  const preflights = new Set<string>()
  return (key, handler) => {
    const endpoint: Endpoint = endpoints[key]
    const [method, path] = key.split(' ') as [string, string]
    const forPages = isForPages(endpoint)
    if (forPages && !preflights.has(path)) {
      preflights.add(path)
      answerPreflight(server, path)
    }
    server.route({
      method,
      url: path,
      schema: {
        ...(endpoint.params && { params: endpoint.params }),
        ...(endpoint.query && { querystring: endpoint.query }),
        ...(endpoint.body && { body: endpoint.body }),
      },
      ...(endpoint.body && { preParsing: bodyDeadline(bodyMs) }),
      // Before validation, so that a page can read why it was refused.
      onRequest: async (_request, reply) => {
        if (forPages) allowEveryOrigin(reply)
      },
      handler: async (request, reply) => {
        // Fastify has validated the three parts by the schemas that Input is made from.
        const input = { params: request.params, query: request.query, body: request.body } as Input<typeof key>
        const answer = await handler(input, request, reply)
        // It has given its file already.
        if (endpoint.bytes === 'given') return reply
        reply.code(endpoint.status)
        if (!(answer instanceof Written)) return reply.send(answer)
        return reply.type('application/json; charset=utf-8').send(Buffer.from(answer.json.buffer))
      },
    })
  }
}

const readable = 'etag, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, x-request-id'

/** Every website may ask, none with a cookie: a visitor's right is the session in the Authorization header. */
function allowEveryOrigin(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', readable)
}

const notForPages: Endpoint['caller'][] = ['anybody', 'agent', 'api key']
const isForPages = ({ caller }: Endpoint): boolean => !notForPages.includes(caller)

function answerPreflight(server: FastifyInstance, path: string): void {
  const forPages = Object.entries<Endpoint>(endpoints).filter(([, endpoint]) => isForPages(endpoint))
  const methods = forPages.map(([key]) => key.split(' ')).flatMap(([method, other]) => (other === path ? method : []))
  server.options(path, async (_request, reply) => {
    allowEveryOrigin(reply)
    return reply
      .header('access-control-allow-methods', methods.join(', '))
      .header('access-control-allow-headers', 'authorization, content-type, x-request-id')
      .header('access-control-max-age', '86400')
      .code(204)
      .send()
  })
}

/** Fastify with a schema, which takes a sign-in and answers as the product does, without believing anything. */
import Fastify from 'fastify'
import { answer } from '../answer.ts'
import { listen } from '../listen.ts'
import { exitOnSignal } from '../scratch.ts'

const schema = {
  body: { type: 'object', properties: { token: { type: 'string' } }, required: ['token'], additionalProperties: false },
}
const session = {
  session: 'x'.repeat(43),
  expiresAt: 1_790_000_000_000,
  visitor: {
    id: '019a8c00-0000-7000-8000-00000000000a',
    externalId: 'customer-1',
    name: 'Ada Marsh',
    email: 'customer-1@example.com',
    verified: true,
  },
  conversations: 0,
  unread: 0,
}

const fastify = Fastify()
fastify.post('/sign-in', { schema }, async (_request, reply) => reply.code(201).send(session))

const handlers = {
  async listen(_asked: null): Promise<string> {
    await fastify.ready()
    return listen(fastify.server)
  },
}
export type BareFastify = typeof handlers

exitOnSignal()
answer(handlers)

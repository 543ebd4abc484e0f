/** The HTTP side put together: limits, validation, errors, and every group of endpoints under /api/v1. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import fastifyCookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { TSchema } from 'typebox'
import { maxBodyBytes } from '../../protocol/limits.ts'
import { openApiDocument } from '../../protocol/openapi/document.ts'
import type { Config } from '../config.ts'
import { logOptions, requestIdFrom } from '../log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { ReadinessWatch } from '../model/readiness.ts'
import { Refused } from '../model/refused.ts'
import { refuseOnTheWire } from '../refusal-on-the-wire.ts'
import { serveAssets } from './assets.ts'
import { keepBudgets } from './budget.ts'
import { agentSessionRoutes } from './endpoints/agent-session.ts'
import { apiKeyRoutes } from './endpoints/api-keys.ts'
import { attachmentRoutes } from './endpoints/attachments.ts'
import { banRoutes } from './endpoints/bans.ts'
import { conversationRoutes } from './endpoints/conversations.ts'
import { departmentRoutes } from './endpoints/departments.ts'
import { diagnosisRoutes } from './endpoints/diagnosis.ts'
import { invitationRoutes, memberRoutes } from './endpoints/members.ts'
import { messageRoutes } from './endpoints/messages.ts'
import { passwordResetRoutes } from './endpoints/password-resets.ts'
import { projectRoutes } from './endpoints/projects.ts'
import { publicKeyRoutes } from './endpoints/public-keys.ts'
import { reportRoutes } from './endpoints/reports.ts'
import { setupRoutes } from './endpoints/setup.ts'
import { sharedSecretRoutes } from './endpoints/shared-secrets.ts'
import { visitorSessionRoutes } from './endpoints/visitor-sessions.ts'
import { visitorRoutes } from './endpoints/visitors.ts'
import { webhookRoutes } from './endpoints/webhooks.ts'
import { failureSender, refuseBrokenRequest } from './failure.ts'
import { serveHealth } from './health.ts'
import { serveMetrics } from './metrics.ts'
import type { HttpParts } from './parts.ts'
import { routeOn } from './route.ts'
import { serveUnsubscribe } from './unsubscribe.ts'
import { validatorOf } from './validator.ts'

export interface HttpOptions {
  config: Pick<Config, 'logLevel' | 'trustProxy' | 'metricsToken'>
  distDir: string
  readiness: ReadinessWatch
  /** Makes a span of each request; undefined while nobody traces. */
  traceRequests: ((server: FastifyInstance) => void) | undefined
}

export async function createHttpServer(parts: HttpParts, options: HttpOptions): Promise<FastifyInstance> {
  const { metrics } = parts.model
  const sendFailure = failureSender(metrics.refusals)
  const server = Fastify({
    logger: logOptions(options.config.logLevel),
    // Written once, with the answer; see followRequests.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => requestIdFrom(headers['x-request-id'], randomUUID),
    // One proxy, and what it saw: whatever stands before that in X-Forwarded-For, the client may have made up.
    trustProxy: options.config.trustProxy && ((_address, hop) => hop === 0),
    bodyLimit: maxBodyBytes,
    routerOptions: { maxParamLength: 300 },
    // As long as an upload may take, and some more; bodies of JSON have less (route.ts).
    requestTimeout: 150_000,
    forceCloseConnections: 'idle',
    // DL8: what still comes while the server stops is answered. Fastify would refuse it, and without a code.
    return503OnClosing: false,
    // What is refused before any route is found.
    frameworkErrors: sendFailure,
    clientErrorHandler: refuseBrokenRequest,
    // Node would answer without a code; see refuseOddities.
    http: { requireHostHeader: false, headersTimeout: 30_000, shouldUpgradeCallback: asksForSocket },
  })
  // Fastify would hand on text as a body of its own.
  server.removeContentTypeParser('text/plain')
  server.setErrorHandler(sendFailure)
  server.setNotFoundHandler((request, reply) => sendFailure(new Refused('not_found'), request, reply))
  server.setValidatorCompiler<TSchema>(({ schema }) => validatorOf(schema))
  // Answers are made field by field; a second, silent filter would hide mistakes instead of preventing them.
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer))

  refuseOddities(server)
  followRequests(server, metrics)
  options.traceRequests?.(server)

  await server.register(fastifyCookie)
  await server.register(async (api) => apiRoutes(api, parts), { prefix: '/api/v1' })
  serveUnsubscribe(server, parts)
  const { readiness, config } = options
  serveHealth(server, readiness)
  serveMetrics(server, { registry: metrics.registry, readiness, token: config.metricsToken })
  await serveAssets(server, options.distDir)
  return server
}

/** Who offers to go on in HTTP/2, as Java's client does on every plain line, is answered as if he had not. */
const asksForSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket'

/** What Node's server would refuse by itself, and in words of its own. */
function refuseOddities(server: FastifyInstance): void {
  server.server.on('checkExpectation', (request) => refuseOnTheWire(request.socket, 'invalid_request'))
  server.addHook('onRequest', async ({ headers, raw }) => {
    if (headers.host === undefined && raw.httpVersion !== '1.0') throw new Refused('invalid_request', { field: 'host' })
  })
}

function followRequests(server: FastifyInstance, { requests, requestSeconds }: Metrics): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  server.addHook('onResponse', (request, reply, done) => {
    const { statusCode, elapsedTime } = reply
    requests.add(String(statusCode))
    requestSeconds.observe(elapsedTime / 1000)
    request.log.info({ req: request, status: statusCode, ms: Math.round(elapsedTime) }, 'request')
    done()
  })
}

function apiRoutes(api: FastifyInstance, parts: HttpParts): void {
  api.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  keepBudgets(api, parts.requests)
  const route = routeOn(api)
  setupRoutes(route, parts)
  agentSessionRoutes(route, parts)
  projectRoutes(route, parts)
  sharedSecretRoutes(route, parts)
  publicKeyRoutes(route, parts)
  diagnosisRoutes(route, parts)
  visitorSessionRoutes(route, parts)
  conversationRoutes(route, parts)
  messageRoutes(route, parts)
  memberRoutes(route, parts)
  departmentRoutes(route, parts)
  invitationRoutes(route, parts)
  banRoutes(route, parts)
  visitorRoutes(route, parts)
  reportRoutes(route, parts)
  apiKeyRoutes(route, parts)
  webhookRoutes(route, parts)
  passwordResetRoutes(route, parts)
  takeFiles(api, parts)
  serveDocument(api)
  api.all('/*', async () => {
    throw new Refused('not_found')
  })
}

/** Where a body is a file: whatever type it claims to be of is neither believed nor parsed. */
function takeFiles(api: FastifyInstance, parts: HttpParts): void {
  api.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    attachmentRoutes(routeOn(scope), parts)
  })
}

/** Made when somebody first asks for it. */
function serveDocument(api: FastifyInstance): void {
  let document: string | undefined
  api.get('/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument())
    return reply.type('application/json; charset=utf-8').send(document)
  })
}

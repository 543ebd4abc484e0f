/**
 * The OpenAPI 3.1 document of all endpoints (HT1), made from the schemas that validate, so that the two cannot differ.
 * Every refusal is a `Failure`; which codes an endpoint may give stands beside each status, as examples.
 */
import type { Endpoint } from '../endpoints/parts.ts'
import { type EndpointGroup, endpointGroups } from '../endpoints.ts'
import { always, headers } from './headers.ts'
import { namedSchemas } from './named-schemas.ts'
import { operationFrom, refusalResponse } from './operation.ts'
import { webhookHeaders, webhooksOfDocument } from './webhooks.ts'

const about = `Live chat that knows who it is talking to.

Bodies are JSON and are taken as they are: an unknown field is refused, nothing is coerced. A refusal is
\`{"error": {"code", "message", "field"?, "retryAfterMs"?}}\`: match on the code, which is stable; the sentence is for
people. Lists that can be long come in pages: \`page\` is the \`nextPage\` of the page before, null at the end; \`limit\` says
how many, 1 to 200. Short ones come whole. Messages of one conversation are read by their place, with \`after\` and
\`before\`. Times are milliseconds since 1970, ids are UUIDs. Answers may gain fields: ignore those you do not know.

What two may change at once answers with an \`ETag\`; with it as \`If-Match\` only that version is changed or deleted.
Without it the latest change counts.

Past a limit the status is 429 with \`Retry-After\` in seconds. Agents and API keys have a budget of requests each; every
answer to them says how they stand: \`RateLimit-Limit\` at once, \`RateLimit-Remaining\` of it, and after
\`RateLimit-Reset\` seconds all of it again. Every answer has an \`X-Request-Id\`, which the log of the server knows.`

const apiKey = `A key of the project, made in its settings: \`sga_…\`. It sees the whole project and does what its scopes say:
one that lacks the scope is refused with \`forbidden\`. What it writes has the author \`agent\` with the key's id and name.`

const securitySchemes = {
  agentCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'signet_agent',
    description: 'An agent in the dashboard. Counts only when the browser says that the dashboard itself asks.',
  },
  visitorSession: {
    type: 'http',
    scheme: 'bearer',
    description: 'What POST /projects/{project}/visitor-sessions gave.',
  },
  apiKey: { type: 'http', scheme: 'bearer', description: apiKey },
}

const contact = { name: 'Whoever runs this server' }

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag of what is to be changed: who comes too late is refused with `changed_meanwhile`.',
  schema: { type: 'string' },
}

export function openApiDocument() {
  const groups = Object.entries<EndpointGroup>(endpointGroups)
  const tags = groups.map(([name, { about: description }]) => ({ name, description }))
  return {
    openapi: '3.1.0',
    info: { title: 'Signet', version: '1', description: about, contact, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api/v1' }],
    tags,
    paths: pathsOf(groups),
    webhooks: webhooksOfDocument(),
    components: {
      securitySchemes,
      headers,
      parameters: { IfMatch: ifMatch, ...webhookHeaders },
      schemas: namedSchemas(),
      responses: { Broken: refusalResponse(['internal_error', 'unavailable'], always) },
    },
  }
}

function pathsOf(groups: [string, EndpointGroup][]): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {}
  for (const [tag, { endpoints }] of groups) {
    for (const [key, endpoint] of Object.entries<Endpoint>(endpoints)) {
      const [method = '', path = ''] = key.split(' ')
      const address = path.replace(/:(\w+)/g, '{$1}')
      paths[address] = { ...paths[address], [method.toLowerCase()]: operationFrom(method, path, tag, endpoint) }
    }
  }
  return paths
}

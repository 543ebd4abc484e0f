/** Calls of every endpoint: as the contract has them, and then nearly so. */
import type { Seeded } from '../../faults/seeded.ts'
import { type Endpoint, type EndpointKey, endpoints } from '../../protocol/endpoints.ts'
import type { HttpCase, Who } from '../case.ts'
import { bytes, edge, oddNames, uuid } from './edges.ts'
import { mutated, mutatedText } from './mutate.ts'
import { valid } from './valid.ts'

/**
 * Some cost a password's hash, or make later answers longer: a share of them is enough. What visitors come in by and
 * write with is called most, as it is by people.
 */
const shares: Partial<Record<EndpointKey, number>> = {
  'POST /projects/:project/visitor-sessions': 4,
  'POST /conversations/:conversation/messages': 4,
  'POST /projects/:project/api-keys': 0.05,
  'POST /agent-session': 0.02,
  'POST /invitations/accept': 0.02,
  'POST /projects': 0.01,
  'POST /projects/:project/invitations': 0.05,
  'POST /projects/:project/shared-secrets': 0.05,
}
const weights = Object.fromEntries(Object.keys(endpoints).map((key) => [key, shares[key as EndpointKey] ?? 1]))
const types = [
  'text/plain',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  '',
  'multipart/form-data',
  'application/JSON',
  ';;',
  'application/json-patch+json',
]
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'QUERY']
const headers = [
  'origin',
  'authorization',
  'cookie',
  'sec-fetch-site',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'accept-version',
  'content-type',
  'content-encoding',
  'accept-encoding',
  'range',
  'if-none-match',
  'if-modified-since',
  'expect',
  'host',
  'transfer-encoding',
]
const headerValues = [
  '',
  'null',
  '*',
  'Bearer ',
  'Bearer <<session>>',
  'Bearer a b',
  'signet_agent=; signet_agent=x',
  'signet_agent=%',
  'signet_agent=<<session>>',
  '__proto__=1',
  'http://evil.example',
  '1.1.1.1, 2.2.2.2',
  '::1',
  '::ffff:1.2.3.4',
  'bytes=0-0,-1',
  'bytes=9999999-',
  '100-continue',
  'same-origin',
  'none',
  'gzip',
  'W/"x"',
  'é',
  ','.repeat(50),
  'a'.repeat(4_000),
  'a.b.c',
  '-1',
]
const strangePaths = [
  '//',
  '/%',
  '/%00',
  '/api/v1/..%2f..%2fetc/passwd',
  '/api/v1/me/',
  '/api/v1//me',
  '/api/v1/%2e%2e/me',
  '/widget/..%5c',
  '/widget/%00',
  '/assets/..%2f..%2fpackage.json',
  '/widget/',
  '/assets/',
  '/tiledesk.js',
  '/v5/launch.js',
  '/preview',
  '/live',
  '/api/v1/openapi.json',
  '/healthz',
  '/api/v1/projects/%ff',
  '/api/v1/projects/%ud800',
  '/*',
  '/api/v1/*',
  '/api/v1/projects/__proto__/widget',
  '/index.html',
  '/setup?code=<<session>>',
  '/api/v1/conversations/%E0%A4%A',
]

export function httpCase(rng: Seeded): HttpCase {
  const key = rng.weighted(weights) ?? 'GET /me'
  const whole = validCase(rng, key, endpoints[key as EndpointKey])
  for (let times = rng.whole(0, 2); times > 0; times -= 1) mutateCase(rng, whole)
  return whole
}

function validCase(rng: Seeded, key: string, endpoint: Endpoint): HttpCase {
  const [method = '', pattern = ''] = key.split(' ')
  const params = endpoint.params ? Object.entries(valid(rng, endpoint.params) ?? {}) : []
  const path = params.reduce((path, [name, value]) => path.replace(`:${name}`, String(value)), pattern)
  const query = endpoint.query ? Object.entries(valid(rng, endpoint.query) ?? {}) : []
  const search = query.map(([name, value]) => `${name}=${escaped(String(value))}`).join('&')
  return {
    way: 'http',
    who: whoCalls(rng, endpoint),
    key,
    method,
    path: `/api/v1${path}${search && `?${search}`}`,
    headers: { 'x-forwarded-for': `10.1.${rng.whole(0, 15)}.${rng.whole(0, 255)}` },
    ...(endpoint.body && { body: { text: bodyOf(rng, endpoint) } }),
  }
}

function whoCalls(rng: Seeded, { caller }: Endpoint): Who {
  const likely: Partial<Record<Who, number>> = {
    ...(caller.includes('visitor') && { visitor: 6 }),
    ...(caller.includes('agent') && { owner: 5, agent: 4 }),
  }
  return rng.weighted<Who>({ nobody: 1, visitor: 0.5, ...likely }) ?? 'nobody'
}

function bodyOf(rng: Seeded, endpoint: Endpoint): string {
  const value = endpoint.body && valid(rng, endpoint.body)
  if (rng.chance(0.4)) return JSON.stringify(value)
  if (rng.chance(0.05)) return edge(rng)
  return mutated(rng, value)
}

function mutateCase(rng: Seeded, made: HttpCase): void {
  switch (rng.whole(0, 9)) {
    case 0:
      made.method = rng.pick(methods) ?? 'GET'
      return
    case 1:
      made.path = made.path.replace(/(?<=\/)[^/?]+(?=[^/]*$)/, escaped(edge(rng).slice(0, 400)))
      return
    case 2:
      made.path = rng.pick(strangePaths) ?? '/'
      return
    case 3:
      made.path += `${made.path.includes('?') ? '&' : '?'}${escaped(rng.pick(oddNames) ?? '')}=${escaped(edge(rng).slice(0, 400))}`
      return
    case 4:
      made.headers['content-type'] = rng.pick(types) ?? ''
      return
    case 5:
      made.body = { base64: bytes(rng, 300).toString('base64') }
      return
    case 6:
      made.body = { text: mutatedText(rng, edge(rng)) }
      return
    case 7:
      made.path = made.path.replace(/<<\w+>>/, rng.chance(0.5) ? uuid(rng) : '<<foreign>>')
      return
    default:
      made.headers[rng.pick(headers) ?? 'origin'] = rng.pick(headerValues) ?? ''
  }
}

/** For an address; what stands for something of the run is kept. */
function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%3C%3C', '<<').replaceAll('%3E%3E', '>>')
}

import type { TSchema } from 'typebox'
import { AttachmentType } from '../attachment.ts'
import type { Endpoint } from '../endpoints/parts.ts'
import { type ErrorCode, sentenceOf, statusOf } from '../errors.ts'
import { exampleOf } from './examples.ts'
import { etag, headersOf, retryAfter } from './headers.ts'
import { growing, withReferences } from './named-schemas.ts'
import { refusalsOf, takesIfMatch } from './refusals.ts'

const securityOf: Record<Endpoint['caller'], Record<string, never[]>[]> = {
  anybody: [],
  'host page': [],
  visitor: [{ visitorSession: [] }],
  agent: [{ agentCookie: [] }],
  'visitor or agent': [{ visitorSession: [] }, { agentCookie: [] }],
  'api key': [{ apiKey: [] }],
  'file address': [],
}

/** Whatever it is called: its bytes say what it is. */
const fileTaken = { 'application/octet-stream': {} }
const fileGiven = Object.fromEntries(AttachmentType.enum.map((type) => [type, {}]))

/** `POST /projects/:project/bans` as OpenAPI says it. */
export function operationFrom(method: string, path: string, tag: string, endpoint: Endpoint): object {
  const { summary, caller, scope, params, query, bytes } = endpoint
  const body = endpoint.body && jsonOf(withReferences(endpoint.body), exampleOf(`${method} ${path}`))
  const ifMatch = takesIfMatch(endpoint) ? [{ $ref: '#/components/parameters/IfMatch' }] : []
  const parameters = [...parametersFrom('path', params), ...parametersFrom('query', query), ...ifMatch]
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    description: whoMay(endpoint),
    security: scope && caller !== 'api key' ? [...securityOf[caller], ...securityOf['api key']] : securityOf[caller],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: body } }),
    ...(bytes === 'taken' && { requestBody: { required: true, content: fileTaken } }),
    responses: { ...answerOf(endpoint), ...refusalResponses(refusalsOf(endpoint), headersOf(endpoint)) },
  }
}

/** `getProjectsProjectBans`: stable as long as the address is. */
function operationId(method: string, path: string): string {
  const words = path.split(/[^A-Za-z]+/).filter((word) => word !== '')
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function parametersFrom(place: 'path' | 'query', schema: TSchema | undefined): object[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, TSchema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...('description' in property && { description: property.description }),
    schema: withReferences(property),
  }))
}

const whoOf: Record<Endpoint['caller'], string> = {
  anybody: 'Anybody may call it.',
  'host page': 'Pages with the widget call it; nobody signs in for it.',
  visitor: 'Visitors call it.',
  agent: 'Agents call it, in projects that they belong to.',
  'visitor or agent': 'Visitors call it, and agents who see what they ask for.',
  'api key': 'Backends call it.',
  'file address': 'Whoever was given the address may call it, while he still sees the message.',
}

/** What the caller must be, then what he must know. */
function whoMay({ caller, forAdmins, scope, more }: Endpoint): string {
  const who = forAdmins ? 'Owners and admins call it; other agents are refused with `forbidden`.' : whoOf[caller]
  return [who, scope && `An API key needs the scope \`${scope}\`.`, more].filter(Boolean).join(' ')
}

function answerOf(endpoint: Endpoint): object {
  const { status, answer, versioned, bytes } = endpoint
  if (status === 204) return { 204: { description: 'Done.', headers: headersOf(endpoint) } }
  const headers = { ...headersOf(endpoint), ...(versioned && etag) }
  if (bytes === 'given') return { [status]: { description: 'The file.', headers, content: fileGiven } }
  const description = status === 201 ? 'Made.' : 'The answer.'
  return { [status]: { description, headers, content: jsonOf(growing(withReferences(answer))) } }
}

/** One response a status, with an example for each code: the code, and the sentence that goes with it. */
function refusalResponses(codes: ErrorCode[], headers: object): object {
  const byStatus = Object.groupBy(codes, (code) => String(statusOf(code)))
  const responses = Object.entries(byStatus).map(([status, group = []]) => [
    status,
    refusalResponse(group, status === '429' ? { ...headers, ...retryAfter } : headers),
  ])
  return { ...Object.fromEntries(responses), '5XX': { $ref: '#/components/responses/Broken' } }
}

export function refusalResponse(codes: ErrorCode[], headers: object): object {
  const examples = codes.map((code) => [code, { value: { error: { code, message: sentenceOf(code) } } }])
  const schema = { $ref: '#/components/schemas/Failure' }
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    headers,
    content: { 'application/json': { schema, examples: Object.fromEntries(examples) } },
  }
}

function jsonOf(schema: unknown, example?: unknown): object {
  return { 'application/json': { schema, ...(example !== undefined && { example }) } }
}

/** The client's types, made from the OpenAPI document: every operation, with what it takes and what it answers. */
import { openApiDocument } from '../protocol/openapi/document.ts'
import { type Schema, typeText } from './type-text.ts'

interface Content {
  content?: { 'application/json'?: { schema: Schema; example?: unknown } }
}

/** Headers are named by reference; they are no part of what a client's call is given. */
interface Parameter {
  name: string
  in?: 'path' | 'query'
  required: boolean
  schema: Schema
}

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, never[]>[]
  parameters?: Parameter[]
  requestBody?: Content
  responses: Record<string, Content & { description?: string }>
}

export interface Document {
  info: { description: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  webhooks: Record<string, { post: Operation }>
  components: { schemas: Record<string, Schema> }
}

/** As a client gets it: plain JSON. */
export function readDocument(): Document {
  return JSON.parse(JSON.stringify(openApiDocument()))
}

export function clientTypes({ paths, components }: Document): string {
  const records = Object.entries(components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeText(schema)}`,
  )
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationText(keyOf(method, path), operation)),
  )
  return `// Made by scripts/build-client.ts from the OpenAPI document; not to be edited.

${records.join('\n\n')}

/** By method and path: what goes in, and what comes back when nothing is refused. */
export interface Operations {
${operations.join('\n')}
}
`
}

/** `GET /projects/:project`, as the protocol names its endpoints. */
export function keyOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`
}

/** What an operation takes: of its parameters in the path, in the query, and its body, those that there are. */
export function inputOf({ parameters = [], requestBody }: Operation): Schema {
  const parts = Object.entries({ params: partOf('path', parameters), query: partOf('query', parameters) })
  const given = parts.flatMap(([name, part]) => (part ? [[name, part] as const] : []))
  const body = requestBody?.content?.['application/json']?.schema
  const properties = { ...Object.fromEntries(given), ...(body && { body }) }
  return { type: 'object', properties, required: Object.keys(properties) }
}

function partOf(place: 'path' | 'query', parameters: Parameter[]): Schema | undefined {
  const own = parameters.filter((parameter) => parameter.in === place)
  if (own.length === 0) return undefined
  return {
    type: 'object',
    properties: Object.fromEntries(own.map(({ name, schema }) => [name, schema])),
    required: own.filter(({ required }) => required).map(({ name }) => name),
  }
}

export function answerOf({ responses }: Operation): Schema {
  const [, answer] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? []
  return answer?.content?.['application/json']?.schema ?? { type: 'null' }
}

function operationText(key: string, operation: Operation): string {
  const taken = inputOf(operation)
  const input = taken.required?.length ? typeText(taken, '    ') : 'unknown'
  return `  /** ${operation.summary} */
  '${key}': {
    input: ${input}
    answer: ${typeText(answerOf(operation), '    ')}
  }`
}

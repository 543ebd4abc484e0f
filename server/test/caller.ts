/** Calls the endpoints as the contract in protocol/ has them, and holds every answer against its schema (HT1). */
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Answer, type Endpoint, type EndpointKey, endpoints, type Input } from '../../protocol/endpoints.ts'
import { isErrorCode, statusOf } from '../../protocol/errors.ts'
import { type Attachment, Failure } from '../../protocol/records.ts'
import { sawAnswer, sawRefusal } from './seen.ts'

export type Headers = Record<string, string>

/** What is sent where any file will do. */
const aFile = 'A plain note.'

export class CallRefused extends Error {
  override name = 'CallRefused'
  readonly failure: Failure['error']
  readonly headers: globalThis.Headers

  constructor(key: string, failure: Failure['error'], headers: globalThis.Headers) {
    super(`${key}: ${failure.code} ${failure.field ?? ''} ${failure.message}`)
    this.failure = failure
    this.headers = headers
  }
}

export class Caller {
  readonly #url: string
  readonly headers: Headers

  constructor(url: string, headers: Headers = {}) {
    this.#url = url
    this.headers = headers
  }

  /** The same server, asked with other headers too. */
  with(headers: Headers): Caller {
    return new Caller(this.#url, { ...this.headers, ...headers })
  }

  async call<K extends EndpointKey>(key: K, input: Input<K>): Promise<Answer<K>> {
    return (await this.answer(key, input)).body
  }

  /** The answer with its headers, for cookies. Throws CallRefused. */
  async answer<K extends EndpointKey>(
    key: K,
    input: Input<K>,
  ): Promise<{ body: Answer<K>; headers: globalThis.Headers }> {
    const [method, path, body] = requestFrom(key, input)
    const response = await this.send(method, `/api/v1${path}`, body)
    const isFile = response.ok && takesOrGives(key) === 'given'
    const text = isFile ? '' : await response.text()
    const value: unknown = text === '' ? null : JSON.parse(text)
    if (response.status >= 400) {
      const refused = failureFrom(key, response.status, value)
      sawRefusal(key, refused.code)
      throw new CallRefused(key, refused, response.headers)
    }
    if (response.status !== endpoints[key].status) throw new Error(`${key} answered with status ${response.status}.`)
    if (!isAnswer(key, value)) throw new Error(`${key} answered what its schema does not have: ${text}`)
    sawAnswer(key)
    return { body: value, headers: response.headers }
  }

  /** The code of a refusal, with its field if it has one; `accepted` if it is none. */
  async refusal<K extends EndpointKey>(key: K, input: Input<K>): Promise<string> {
    try {
      await this.answer(key, input)
      return 'accepted'
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error
      const { code, field } = error.failure
      return field === undefined ? code : `${code} ${field}`
    }
  }

  /** A file, as a browser sends it. */
  async upload(
    project: string,
    bytes: string | Uint8Array<ArrayBuffer> = aFile,
    name = 'note.txt',
  ): Promise<Attachment> {
    const key = 'POST /projects/:project/attachments'
    const path = `/api/v1/projects/${project}/attachments?${new URLSearchParams({ name })}`
    const response = await fetch(`${this.#url}${path}`, { method: 'POST', headers: { ...this.headers }, body: bytes })
    const value: unknown = await response.json()
    if (isAnswer(key, value)) {
      sawAnswer(key)
      return value
    }
    const refused = failureFrom(key, response.status, value)
    sawRefusal(key, refused.code)
    throw new CallRefused(key, refused, response.headers)
  }

  send(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Response> {
    const isJson = body !== undefined && body !== aFile
    const type: Headers = isJson ? { 'content-type': 'application/json' } : {}
    const json = isJson ? JSON.stringify(body) : body === aFile ? aFile : null
    return fetch(`${this.#url}${path}`, { method, headers: { ...type, ...this.headers, ...headers }, body: json })
  }
}

const takesOrGives = (key: EndpointKey) => {
  const { bytes }: Endpoint = endpoints[key]
  return bytes
}

function requestFrom(key: EndpointKey, input: unknown): [method: string, path: string, body: unknown] {
  const endpoint: Endpoint = endpoints[key]
  const given = new Map(Object.entries(input ?? {}))
  const part = (name: 'params' | 'query' | 'body') => (endpoint[name] ? (given.get(name) ?? {}) : undefined)
  const [method = '', pattern = ''] = key.split(' ')
  const params = new Map(Object.entries(part('params') ?? {}))
  const path = pattern.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(params.get(name))))
  const query = new URLSearchParams(Object.entries(part('query') ?? {})).toString()
  return [method, query ? `${path}?${query}` : path, endpoint.bytes === 'taken' ? aFile : part('body')]
}

const failure = Compile(Failure)

export function failureFrom(key: string, status: number, value: unknown): Failure['error'] {
  if (!failure.Check(value)) throw new Error(`${key} refused in a form of its own: ${JSON.stringify(value)}`)
  const { code } = value.error
  if (!isErrorCode(code) || statusOf(code) !== status) throw new Error(`${key} refused with ${status} ${code}.`)
  return value.error
}

const compiled = new Map<string, { Check(value: unknown): boolean }>()

function isAnswer<K extends EndpointKey>(key: K, value: unknown): value is Answer<K> {
  const schema: TSchema = endpoints[key].answer
  const check = compiled.get(key) ?? Compile(schema)
  compiled.set(key, check)
  return check.Check(value)
}

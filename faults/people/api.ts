/** Calls endpoints in somebody's name. A call whose outcome is not known gives nothing. */

export interface Answered {
  status: number
  body: unknown
}

const patienceMs = 6_000
const insistMs = 120_000

export class Api {
  #url: string
  #headers: () => Record<string, string>

  /** The headers are asked for at each call: a session may end, and be followed by another. */
  constructor(url: string, headers: () => Record<string, string>) {
    this.#url = url
    this.#headers = headers
  }

  async ask(method: string, path: string, body?: unknown): Promise<(Answered & { headers: Headers }) | undefined> {
    try {
      const response = await fetch(`${this.#url}/api/v1${path}`, {
        method,
        headers: { ...this.#headers(), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patienceMs),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers }
    } catch {
      return undefined
    }
  }

  /** Until it goes through, for whatever may be asked twice; `through` are refusals that say that it has, or cannot. */
  async insist(
    method: string,
    path: string,
    body?: unknown,
    through: readonly number[] = [],
  ): Promise<Answered & { headers: Headers }> {
    const until = performance.now() + insistMs
    for (;;) {
      const answer = await this.ask(method, path, body)
      if (answer && (answer.status < 300 || through.includes(answer.status))) return answer
      if (performance.now() > until)
        throw new Error(`${method} ${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

/** What stands in an answer at this path, such as `project`, `id`. */
export function textIn(answer: unknown, ...path: string[]): string {
  let value = answer
  for (const name of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  if (typeof value !== 'string') throw new Error(`There is no ${path.join('.')} in ${JSON.stringify(answer)}.`)
  return value
}

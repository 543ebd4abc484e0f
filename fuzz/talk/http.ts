/** Sends one request, and gives back the whole answer. */
import { Agent, type IncomingMessage, request } from 'node:http'
import type { CallerOfCases } from '../caller.ts'
import type { HttpCase } from '../case.ts'

const patienceMs = 8_000
const kept = new Agent({ keepAlive: true, maxSockets: 64 })

export interface Answered {
  status: number
  type: string
  body: string
}

/** What came instead of an answer. */
export type Unanswered = 'silent' | 'broken' | 'unsendable'

/** A line that is kept open may be closed just as it is used again; that is nobody's fault, and a new one tells. */
export async function callHttp(port: number, caller: CallerOfCases, made: HttpCase): Promise<Answered | Unanswered> {
  const answer = await callOnce(port, caller, made, kept)
  return answer === 'broken' ? callOnce(port, caller, made, false) : answer
}

function callOnce(
  port: number,
  caller: CallerOfCases,
  made: HttpCase,
  agent: Agent | false,
): Promise<Answered | Unanswered> {
  const { who, method } = made
  const path = caller
    .fill(who, made.path)
    .toWellFormed()
    .replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  const body = bodyOf(caller, made)
  const headers = headersOf(caller, made, body)
  return new Promise((resolve) => {
    const options = { agent, host: '127.0.0.1', port, method, path, headers }
    let sent: ReturnType<typeof request>
    try {
      sent = request(options)
    } catch {
      return resolve('unsendable')
    }
    const timer = setTimeout(() => {
      resolve('silent')
      sent.destroy()
    }, patienceMs)
    const over = (answer: Answered | Unanswered) => {
      clearTimeout(timer)
      resolve(answer)
    }
    sent.on('response', (answer) => void read(answer).then(over, () => over('broken')))
    sent.on('error', () => over('broken'))
    sent.end(body)
  })
}

async function read(answer: IncomingMessage): Promise<Answered> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part)
  const body = Buffer.concat(parts).toString()
  return { status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', body }
}

function bodyOf(caller: CallerOfCases, { who, body }: HttpCase): Buffer | undefined {
  if (!body) return undefined
  return 'text' in body ? Buffer.from(caller.fill(who, body.text)) : Buffer.from(body.base64, 'base64')
}

function headersOf(caller: CallerOfCases, { who, headers }: HttpCase, body: Buffer | undefined) {
  const filled = Object.entries(headers).map(([name, value]) => [name, caller.fill(who, value)])
  return {
    ...(body && { 'content-type': 'application/json', 'content-length': String(body.length) }),
    ...caller.credentials(who),
    ...Object.fromEntries(filled),
  }
}

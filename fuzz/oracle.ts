/** What must hold for every answer, whatever was sent. Each gives back what is wrong, or nothing. */
import { Compile } from 'typebox/compile'
import { type Endpoint, endpoints } from '../protocol/endpoints.ts'
import { isErrorCode, statusOf } from '../protocol/errors.ts'
import { closeCodes } from '../protocol/limits.ts'
import { parseServerFrame } from '../protocol/parse.ts'
import { Failure } from '../protocol/records.ts'
import type { Finding, HttpCase, SocketCase, Who } from './case.ts'
import { foreignCanary, neighbourCanary } from './cast.ts'
import type { Answered, Unanswered } from './talk/http.ts'
import type { Said } from './talk/sockets.ts'

export type Wrong = Pick<Finding, 'rule' | 'what'>

const failure = Compile(Failure)
const answers = new Map(
  Object.entries<Endpoint>(endpoints).map(([key, { answer, status }]) => [key, { status, form: Compile(answer) }]),
)
/** Ours, and those with which `ws` refuses what breaks the protocol. */
const allowedCloses: number[] = [...Object.values(closeCodes), 1000, 1001, 1002, 1005, 1007, 1009]

export function wrongInAnswer(made: HttpCase, answer: Answered | Unanswered): Wrong | undefined {
  if (answer === 'unsendable') return undefined
  if (answer === 'silent') return { rule: 'hang', what: 'no answer came' }
  // A body that is refused before it has arrived may cost the sender his connection, and the answer with it.
  if (answer === 'broken') return mayBreak(made) ? undefined : { rule: 'answer', what: 'the connection broke' }
  const leak = leakIn(made.who, answer.body)
  if (leak) return leak
  if (answer.status >= 400) return made.method === 'HEAD' ? undefined : wrongInRefusal(answer.status, answer.body)
  return wrongInSuccess(made, answer)
}

function mayBreak({ body, headers, method }: HttpCase): boolean {
  return lengthOf(body) > 50_000 || 'transfer-encoding' in headers || 'expect' in headers || method === 'CONNECT'
}

function lengthOf(body: HttpCase['body']): number {
  if (!body) return 0
  return 'text' in body ? body.text.length : body.base64.length
}

function wrongInRefusal(status: number, text: string): Wrong | undefined {
  const value = parsed(text)
  if (!failure.Check(value)) return { rule: 'answer', what: `${status} without a code: ${text.slice(0, 200)}` }
  const { code } = value.error
  if (!isErrorCode(code) || statusOf(code) !== status) return { rule: 'answer', what: `${status} with ${code}` }
  return code === 'internal_error' ? { rule: 'answer', what: code } : undefined
}

function wrongInSuccess({ key, method, path }: HttpCase, { status, body }: Answered): Wrong | undefined {
  const expected = answers.get(key)
  const asMeant = key.startsWith(`${method} `) && patternOf(key).test(path.split('?', 1)[0] ?? '')
  if (!expected || !asMeant || status === 304) return undefined
  if (status !== expected.status) return { rule: 'answer', what: `${key} answered ${status}` }
  const value = body === '' ? null : parsed(body)
  return expected.form.Check(value) ? undefined : { rule: 'answer', what: `${key} answered ${body.slice(0, 500)}` }
}

/** Not when another endpoint has an address of the same form. */
function patternOf(key: string): RegExp {
  const pattern = key.split(' ')[1] ?? ''
  return new RegExp(`^/api/v1${pattern.replace(/:\w+/g, '[^/]+')}$`)
}

/** Several answers may follow each other on one line, and after an upgrade nothing is HTTP any more. */
export function wrongOnLine(received: string): Wrong | undefined {
  if (received === 'silent') return { rule: 'hang', what: 'the server did not hang up' }
  const leak = leakIn('nobody', received)
  if (leak) return leak
  const [http = ''] = received.split('HTTP/1.1 101')
  for (const answer of http.split(/(?=HTTP\/1\.1 \d{3} )/)) {
    const status = Number(answer.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 0)
    const text = answer.slice(answer.indexOf('\r\n\r\n') + 4)
    const wrong = status >= 400 ? wrongInRefusal(status, Buffer.from(text, 'latin1').toString()) : undefined
    if (wrong) return wrong
  }
  return undefined
}

export function wrongOnSocket(made: SocketCase, said: Said): Wrong | undefined {
  for (const text of said.frames) {
    const wrong = leakIn(made.who, text) ?? wrongInFrame(text)
    if (wrong) return wrong
  }
  if (said.ending === 'silent' && !mayHang(made)) return { rule: 'hang', what: 'no ping was answered' }
  if (said.ending === 'broken' && made.end !== 'cut') {
    return { rule: 'close', what: `the line broke: ${said.error} after ${said.frames.length} frames` }
  }
  const own = made.pieces.some((piece) => 'raw' in piece || ('control' in piece && piece.control === 8))
  if (said.closed === undefined || allowedCloses.includes(said.closed) || own) return undefined
  return { rule: 'close', what: `closed with ${said.closed}` }
}

/** What follows the beginning of a frame may be taken for its rest, and is never answered. */
const mayHang = ({ pieces }: SocketCase): boolean => pieces.some((piece) => 'raw' in piece)

function wrongInFrame(text: string): Wrong | undefined {
  const frame = parseServerFrame(text)
  if (!frame) return { rule: 'frame', what: `not a frame: ${text.slice(0, 300)}` }
  if (frame.type !== 'error') return undefined
  return isErrorCode(frame.code) && frame.code !== 'internal_error'
    ? undefined
    : { rule: 'frame', what: `error ${frame.code}` }
}

function leakIn(who: Who, text: string): Wrong | undefined {
  if (text.includes(foreignCanary)) return { rule: 'leak', what: `${who} got what is of another project` }
  if (text.includes(neighbourCanary)) return { rule: 'leak', what: `${who} got what is another visitor's` }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

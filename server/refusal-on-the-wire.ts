/** A coded refusal for a connection that has no reply to send it with: the request is broken, or wanted an upgrade. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ErrorCode, sentenceOf, statusOf } from '../protocol/errors.ts'
import type { Failure } from '../protocol/records.ts'

export function refuseOnTheWire(socket: Duplex, code: ErrorCode): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const failure: Failure = { error: { code, message: sentenceOf(code) } }
  const body = JSON.stringify(failure)
  const head = [
    `HTTP/1.1 ${statusOf(code)} ${STATUS_CODES[statusOf(code)]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  // A peer that never hangs up would keep the line half open.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

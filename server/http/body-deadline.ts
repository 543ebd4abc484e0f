import type { preParsingHookHandler } from 'fastify'
import { refuseOnTheWire } from '../refusal-on-the-wire.ts'

/** A file may take its time to come; a body of JSON may not, or a few who send none would hold all the sockets. */
export function bodyDeadline(ms: number): preParsingHookHandler {
  return ({ raw }, _reply, payload, done) => {
    const timer = setTimeout(() => refuseOnTheWire(raw.socket, 'invalid_request'), ms)
    const arrived = () => clearTimeout(timer)
    payload.once('end', arrived).once('close', arrived)
    done(null, payload)
  }
}

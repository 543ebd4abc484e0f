/** From whatever was thrown to a status and a coded answer: the one place for it on the HTTP side. */
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { TokenRefused } from '../../identity/errors.ts'
import { type ErrorCode, sentenceOf, statusOf } from '../../protocol/errors.ts'
import type { Failure } from '../../protocol/records.ts'
import type { Counters } from '../metrics/registry.ts'
import { Refused, refusalFrom } from '../model/refused.ts'
import { refuseOnTheWire } from '../refusal-on-the-wire.ts'

interface Coded {
  code: ErrorCode
  message?: string
  field?: string | undefined
  retryAfterMs?: number | undefined
}

export type SendFailure = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void

export function failureSender(refusals: Counters): SendFailure {
  return (error, request, reply) => {
    const coded = codedFrom(error)
    refusals.add(coded.code)
    sendFailure(coded, error, request, reply)
  }
}

function sendFailure(coded: Coded, error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  // Whoever asked for a file and left before its end has lost nothing.
  const left = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
  const status = statusOf(coded.code)
  // A refusal that has a cause is no mistake of the caller's: something here fails.
  const failed = error instanceof Refused ? error.cause !== undefined : status >= 500
  if ((failed || coded.code === 'internal_error') && !left) request.log.error({ err: error }, 'request failed')
  // Also where it is refused before any hook was called.
  reply.header('x-request-id', request.id)
  if (coded.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(coded.retryAfterMs / 1000))
  // A file that could not be sent has left its own type behind.
  reply.code(status).type('application/json; charset=utf-8').send(failureFrom(coded))
}

/** What is no HTTP, or ends in the middle: there is no request yet that could be answered. */
export function refuseBrokenRequest(error: Error, socket: Socket): void {
  const code = 'code' in error ? error.code : undefined
  if (code === 'ECONNRESET') socket.destroy()
  else refuseOnTheWire(socket, code === 'HPE_HEADER_OVERFLOW' ? 'body_too_large' : 'invalid_request')
}

function failureFrom({ code, message, field, retryAfterMs }: Coded): Failure {
  return {
    error: {
      code,
      message: message ?? sentenceOf(code),
      ...(field !== undefined && { field }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  }
}

function codedFrom(error: unknown): Coded {
  const refused = refusalFrom(error)
  if (refused) return refused
  if (error instanceof TokenRefused) return { code: error.code, field: error.field }
  return isFastifyError(error) ? codedFromFastify(error) : { code: 'internal_error' }
}

const codesOfFastify: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
}

function codedFromFastify(error: FastifyError): Coded {
  const known = codesOfFastify[error.code]
  if (known) return { code: known }
  return { code: error.statusCode && error.statusCode < 500 ? 'invalid_request' : 'internal_error' }
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ('code' in error || 'statusCode' in error)
}

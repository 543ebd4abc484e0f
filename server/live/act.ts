/** What an admitted connection asks for. A refused frame never closes the connection. */
import { type ErrorCode, sentenceOf } from '../../protocol/errors.ts'
import type { ClientFrame, HelloFrame, SendFrame } from '../../protocol/frames.ts'
import { markRead } from '../model/conversation/read-mark.ts'
import { Refused, refusalFrom } from '../model/refused.ts'
import type { LiveParts } from './parts.ts'
import type { LiveSocket } from './socket.ts'
import { announceTyping } from './typing.ts'

type Parts = Pick<LiveParts, 'model' | 'appender' | 'log'>
type Refusing = Pick<LiveParts, 'model' | 'log'>

export function act(parts: Parts, socket: LiveSocket, frame: Exclude<ClientFrame, HelloFrame>): void {
  const refused = (error: unknown) => refuse(parts, socket, error)
  switch (frame.type) {
    case 'ping':
      return socket.send({ type: 'pong' })
    case 'send':
      void append(parts, socket, frame)
      return
    case 'read':
      markRead(parts.model, socket.projectId, socket.reader, frame.conversationId, frame.seq).catch(refused)
      return
    case 'typing':
      announceTyping(parts.model, socket, frame.conversationId).catch(refused)
  }
}

async function append(parts: Parts, socket: LiveSocket, frame: SendFrame): Promise<void> {
  // Field by field: a frame may have more, which is ignored (HT1).
  const { clientId, conversationId, departmentId, text, attributes, attachmentIds } = frame
  try {
    const message = await parts.appender.append(socket.writer(), {
      clientId,
      conversationId,
      departmentId,
      text,
      attributes,
      attachmentIds,
    })
    socket.send({ type: 'ack', clientId, message })
  } catch (error) {
    refuse(parts, socket, error, clientId)
  }
}

export function refuse(parts: Refusing, socket: LiveSocket, error: unknown, clientId?: string): void {
  const refused = refusalFrom(error)
  const code: ErrorCode = refused?.code ?? 'internal_error'
  parts.model.metrics.refusals.add(code)
  if (!(error instanceof Refused)) {
    const { connectionId, projectId } = socket
    parts.log.error({ err: error, connection: connectionId, project: projectId }, 'frame failed')
  }
  socket.send({
    type: 'error',
    code,
    message: sentenceOf(code),
    ...(clientId !== undefined && { clientId }),
    ...(refused?.retryAfterMs !== undefined && { retryAfterMs: refused.retryAfterMs }),
  })
}

import { type Api, ApiError } from '../../client/api.ts'
import type { Connection } from '../../client/connection.ts'
import type { Refusal } from '../../client/outbox.ts'
import type { OutboxEntry } from '../../client/outbox-entry.ts'
import type { Message } from '../../protocol/records.ts'

interface DeliveryOptions {
  api: Api
  connection: Connection
  sent: (message: Message) => void
  refused: (refusal: Refusal) => void
}

/** Puts an unsent message on its way: replies over the socket, notes over HTTP, which alone knows them. */
export function createDelivery({ api, connection, sent, refused }: DeliveryOptions) {
  return function send(entry: OutboxEntry): boolean {
    const { clientId, conversationId, text, attributes } = entry
    const files = filesOf(entry)
    if (conversationId === null || connection.state.get() !== 'open') return false
    if (entry.kind === 'note') {
      void postNote(entry, conversationId)
      return true
    }
    return connection.send({
      type: 'send',
      clientId,
      conversationId,
      text,
      ...(attributes && { attributes }),
      ...files,
    })
  }

  async function postNote(entry: OutboxEntry, conversation: string) {
    const { clientId, text } = entry
    try {
      const body = { clientId, text, kind: 'note' as const, ...filesOf(entry) }
      sent(await api('POST /conversations/:conversation/messages', { params: { conversation }, body }))
    } catch (error) {
      const { code, message, retryAfterMs } = error instanceof ApiError ? error : broken
      refused({ clientId, code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) })
    }
  }
}

/** By now the server has all of them: it goes no sooner. */
function filesOf({ attachments = [] }: OutboxEntry): { attachmentIds?: string[] } {
  const attachmentIds = attachments.flatMap(({ id }) => id ?? [])
  return attachmentIds.length > 0 ? { attachmentIds } : {}
}

const broken = { code: 'internal_error', message: 'Something broke in this page.', retryAfterMs: undefined }

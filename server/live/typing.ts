import { maySee } from '../model/access.ts'
import { publishNotice } from '../model/change.ts'
import { findConversationFacts } from '../model/conversation/facts.ts'
import type { Model } from '../model/model.ts'
import type { LiveSocket } from './socket.ts'

/** Tells the others in a conversation that this one is typing; nothing is stored (DL10). */
export async function announceTyping(
  model: Pick<Model, 'database' | 'bus'>,
  socket: LiveSocket,
  conversationId: string,
): Promise<void> {
  const facts = await findConversationFacts(model, socket.projectId, conversationId)
  if (!facts) return
  const { reader } = socket
  const may = reader.kind === 'visitor' ? facts.visitorId === reader.caller.visitorId : maySee(reader.member, facts)
  if (!may) return
  publishNotice(model.bus, socket.projectId, {
    kind: 'typing',
    facts,
    author: socket.author(),
    fromConnection: socket.connectionId,
  })
}

import type { WelcomeFrame } from '../../protocol/frames.ts'
import type { Message } from '../../protocol/records.ts'
import { newId } from '../id.ts'

export const conversationId = '018f0000-0000-7000-8000-00000000c001'

export function message(given: Partial<Message>): Message {
  return {
    id: newId(),
    clientId: newId(),
    conversationId,
    seq: 1,
    author: { kind: 'agent', id: newId(), name: 'Ada' },
    verification: null,
    kind: 'text',
    text: 'Hello',
    attributes: {},
    attachments: [],
    createdAt: 1_800_000_000_000,
    ...given,
  }
}

export function welcome(given: Partial<WelcomeFrame> = {}): WelcomeFrame {
  const visitor = { id: newId(), externalId: null, name: null, email: null, verified: false }
  return {
    type: 'welcome',
    v: 1,
    self: { kind: 'visitor', visitor },
    cursor: 'e.1',
    resumed: false,
    conversations: [],
    ...given,
  }
}

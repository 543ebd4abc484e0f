/** Records for tests, whole and believable; a test names only what it is about. */
import type { Conversation, Message, Visitor } from '../../protocol/records.ts'

export const now = Date.UTC(2026, 10, 22, 14, 2)

export function id(number: number): string {
  return `0199a8c0-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export function visitor(overrides: Partial<Visitor> = {}): Visitor {
  return {
    id: id(1),
    externalId: 'customer-7',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    phone: null,
    attributes: {},
    identity: 'verified',
    verification: { keyId: id(90), keyLast4: '3f9a', verifiedAt: now - 60_000, expiresAt: now + 3_600_000 },
    notVerifiedAs: null,
    banned: false,
    online: true,
    createdAt: now - 86_400_000,
    lastSeenAt: now,
    ...overrides,
  }
}

export function message(overrides: Partial<Message> = {}): Message {
  return {
    id: id(200),
    clientId: id(300),
    conversationId: id(100),
    seq: 1,
    author: { kind: 'visitor', id: id(1), name: 'Ada Lovelace' },
    verification: { keyId: id(90), issuedAt: now - 61_000, verifiedAt: now - 60_000 },
    kind: 'text',
    text: 'Hello',
    attributes: {},
    attachments: [],
    createdAt: now,
    ...overrides,
  }
}

export function conversation(overrides: Partial<Conversation> = {}): Conversation {
  return {
    id: id(100),
    projectId: id(50),
    version: 1,
    state: 'open',
    visitor: visitor(),
    assignee: null,
    department: null,
    rating: null,
    tags: [],
    lastSeq: 1,
    visitorReadSeq: 1,
    agentReadSeq: 0,
    lastMessage: message(),
    waitingSince: now,
    createdAt: now,
    lastActivityAt: now,
    ...overrides,
  }
}

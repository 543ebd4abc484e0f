/** Invented visitors and conversations in every shape that the screens must bear. */
import type { Conversation, Message, Visitor } from '../../../protocol/records.ts'

export const projectId = id('50')
export const me = { id: id('7'), name: 'Grace Hopper', email: 'grace@example.com' }
export const joan = { id: id('8'), name: 'Joan Clarke', email: 'joan@example.com' }
const keyId = id('90')
const minute = 60_000

export function id(tail: string): string {
  return `0199a8c0-0000-7000-8000-${tail.padStart(12, '0')}`
}

const nameless = { externalId: null, name: null, email: null, identity: 'anonymous', verification: null } as const
const shapes: readonly (Partial<Visitor> & { says: string[] })[] = [
  {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    externalId: 'customer-1815',
    phone: '+44 20 7946 0018',
    attributes: { plan: 'Business', seats: 14, trial: false, accountManager: 'Charles', address: { city: 'London' } },
    says: [
      'Hi, I was charged twice for November.',
      'The second invoice is https://shop.example/invoices/1843 (same amount).',
    ],
  },
  { name: 'عائشة بنت محمد', email: 'aisha@example.com', says: ['مرحبا، متى سيصل طلبي رقم 1843؟', 'شكرا'] },
  { ...nameless, says: ['do you ship to Iceland?'], online: true },
  {
    ...nameless,
    name: '✅ Ada Lovelace',
    email: 'ada@example.com',
    identity: 'claimed',
    notVerifiedAs: 'Ada Lovelace',
    says: ['please send the reset link to my new mail <b>now</b>'],
  },
  { name: 'Linus Pauling', identity: 'verified_earlier', online: false, says: ['Thanks, that did it.'] },
  {
    name: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(3),
    email: `${'x'.repeat(80)}@example.com`,
    says: [`https://example.com/${'very-long-path/'.repeat(20)} ${'a'.repeat(400)}`],
  },
  { ...nameless, name: 'Mia', identity: 'claimed', online: false, says: ['Is the blue one back in stock?'] },
  { name: 'Zoë Müller', says: ['Könnt ihr die Lieferadresse ändern?', 'Bestellung 2207'] },
  { ...nameless, online: false, says: ['hello??'] },
  { name: '李雷', email: 'lilei@example.com', says: ['你好，我想退货。'] },
]

export interface Talk {
  conversation: Conversation
  messages: Message[]
}

export function makeTalks(count: number, now: number, long = 0): Talk[] {
  return Array.from({ length: count }, (_, place) => makeTalk(place, now, place === 0 ? long : 0))
}

function makeTalk(place: number, now: number, long: number): Talk {
  const { says, ...shape } = shapes[place % shapes.length] ?? { says: [] }
  const visitor = makeVisitor(place, shape, now)
  const conversationId = id(`1${place}`)
  const at = now - (place * place + 1) * 4 * minute
  const signed = visitor.verification && { keyId, issuedAt: at - minute, verifiedAt: at - minute }
  const base = { conversationId, kind: 'text', attributes: {}, attachments: [] as Message['attachments'] } as const
  const from = (author: Message['author'], text: string, extra: Partial<Message> = {}) => ({
    ...base,
    author,
    text,
    verification: null,
    ...extra,
  })
  const asVisitor = { kind: 'visitor', id: visitor.id, name: visitor.name } as const
  const asAgent = { kind: 'agent', id: me.id, name: me.name } as const
  const lines = [
    ...Array.from({ length: long }, (_, n) =>
      from(n % 3 ? asVisitor : asAgent, `Line ${n + 1} of an old and long talk`, {
        verification: n % 3 ? signed : null,
      }),
    ),
    ...(place === 0 ? opening(from, asVisitor, asAgent) : []),
    ...says.map((text) =>
      from(asVisitor, text, {
        verification: signed,
        attributes: { sourcePage: 'https://shop.example/cart', sourceTitle: 'Your cart' },
      }),
    ),
    ...(place % 5 === 4 ? [from(asAgent, 'You are welcome.')] : []),
  ]
  const messages = number(lines, place, at)
  return { conversation: makeConversation(place, visitor, messages, at), messages }
}

type From = (
  author: Message['author'],
  text: string,
  extra?: Partial<Message>,
) => Omit<Message, 'id' | 'clientId' | 'seq' | 'createdAt'>

function opening(from: From, asVisitor: Message['author'], asAgent: Message['author']) {
  const joanAuthor = { kind: 'agent', id: joan.id, name: joan.name } as const
  return [
    from(asVisitor, 'Hello, anybody there?'),
    from({ kind: 'system', id: null, name: null }, 'Ada Lovelace signed in', { kind: 'system' }),
    from(asAgent, 'Good afternoon Ada, I am here. What can I do for you?'),
    from(joanAuthor, 'Same card was refunded in May. Ask billing before promising anything.', { kind: 'note' }),
  ]
}

function number(lines: ReturnType<From>[], place: number, at: number): Message[] {
  let seq = 0
  return lines.map((line, index) => {
    if (line.kind !== 'note') seq += 1
    const tail = `2${place}${String(index).padStart(4, '0')}`
    return {
      ...line,
      id: id(tail),
      clientId: id(`9${tail}`),
      seq: line.kind === 'note' ? null : seq,
      createdAt: at - (lines.length - index) * minute,
    }
  })
}

function makeVisitor(place: number, shape: Partial<Visitor>, now: number): Visitor {
  const verifiedAt = now - (shape.identity === 'verified_earlier' ? 50 * 60 : 3) * minute
  return {
    id: id(`3${place}`),
    externalId: `customer-${place}`,
    name: null,
    email: null,
    phone: null,
    attributes: {},
    identity: 'verified',
    verification: { keyId, keyLast4: '3f9a', verifiedAt, expiresAt: verifiedAt + 720 * minute },
    notVerifiedAs: null,
    banned: false,
    online: place % 3 !== 1,
    createdAt: now - (place + 3) * 1440 * minute,
    lastSeenAt: now - place * 7 * minute,
    ...shape,
  }
}

function makeConversation(place: number, visitor: Visitor, messages: Message[], at: number): Conversation {
  const last = messages.at(-1) ?? null
  const lastSeq = Math.max(0, ...messages.map((message) => message.seq ?? 0))
  const waits = last?.author.kind === 'visitor'
  return {
    id: id(`1${place}`),
    projectId,
    version: place + 1,
    state: place % 11 === 10 ? 'resolved' : 'open',
    visitor,
    assignee:
      place % 3 === 0 ? null : place % 3 === 1 ? { id: me.id, name: me.name } : { id: joan.id, name: joan.name },
    department: place % 4 === 0 ? { id: id('41'), name: 'Orders and delivery' } : null,
    rating:
      place === 4 ? { stars: 4, comment: 'Quick, and kind. Only the second parcel was late.', ratedAt: at } : null,
    tags: [],
    lastSeq,
    visitorReadSeq: lastSeq,
    agentReadSeq: waits && place % 2 === 0 ? lastSeq - 1 : lastSeq,
    lastMessage: last,
    waitingSince: waits ? at - 2 * minute : null,
    createdAt: at - 30 * minute,
    lastActivityAt: at,
  }
}

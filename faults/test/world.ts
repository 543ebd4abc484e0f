/** A small made-up world: two visitors, an owner and an agent, four messages, and the journals of those who saw them. */
import type { Role } from '../../protocol/records.ts'
import type { MessageRow, Rows } from '../check/rows.ts'
import type { Entry, Reader, Seen, SeenConversation } from '../people/journal.ts'
import { Ledger } from '../people/ledger.ts'

/** A journal to which the world gives its times: one entry a second, over one session. */
export interface Told {
  name: string
  reader: Reader
  entries: Entry[]
}

export interface World {
  rows: Rows
  ledger: Ledger
  ada: Told
  bob: Told
  owner: Told
  agent: Told
}

export const cursor = (number: number) => `e.${number}`

const conversationOf = { ada: 'c-ada', bob: 'c-bob' }

/** Changes 1 and 4 begin conversations; 2, 3, 5 and 7 are messages, 6 is a note. */
export function world(): World {
  const messages = [
    row(2, 'c-ada', 1, 'ada'),
    row(3, 'c-ada', 2, 'owner'),
    row(5, 'c-bob', 1, 'bob'),
    row(6, 'c-ada', null, 'owner'),
    row(7, 'c-ada', 3, 'ada'),
  ]
  const rows: Rows = {
    epoch: 'e',
    changeNumber: 7,
    messages,
    conversations: [
      { ...stored('c-ada', 'ada', 7), lastSeq: 3, lastMessageId: 'm7' },
      { ...stored('c-bob', 'bob', 5), lastSeq: 1, lastMessageId: 'm5' },
    ],
    sessions: [],
    departments: new Map(),
    roles: new Map([
      ['owner', 'owner'],
      ['agent', 'agent'],
    ]),
    api: { conversations: [known('c-ada', 7, null), known('c-bob', 5, null)], messages: messages.map(bare) },
  }
  const ada = visitor('ada', messages)
  const bob = visitor('bob', messages)
  const owner = staff('owner', 'owner', messages)
  const agent = staff('agent', 'agent', messages)
  const ledger = new Ledger()
  ledger.joined('owner', 'owner')
  ledger.joined('agent', 'agent')
  return { rows, ledger, ada, bob, owner, agent }
}

export function row(changeNumber: number, conversationId: string, seq: number | null, authorId: string): MessageRow {
  const id = `m${changeNumber}`
  return {
    id,
    clientId: `client-${id}`,
    conversationId,
    seq,
    authorId,
    digest: `text of ${id}`,
    changeNumber,
    keyId: null,
    line: false,
  }
}

export function shown(message: MessageRow): Entry {
  return { kind: 'message', message: bare(message), cursor: cursor(message.changeNumber) }
}

export const bare = ({ changeNumber: _, keyId: __, line: ___, ...message }: MessageRow): Seen => message

export const known = (id: string, version: number, assigneeId: string | null | undefined): SeenConversation => ({
  id,
  version,
  state: 'open',
  assigneeId,
  departmentId: null,
  visitorReadSeq: 0,
  agentReadSeq: 0,
})

const stored = (id: string, visitorId: string, changeNumber: number) => ({
  id,
  visitorId,
  assigneeId: null,
  departmentId: null,
  state: 'open',
  visitorReadSeq: 0,
  agentReadSeq: 0,
  changeNumber,
})

const began = (reader: 'visitor' | 'agent', id: string, number: number): Entry => ({
  kind: 'conversation',
  conversation: known(id, number, reader === 'visitor' ? undefined : null),
  messages: undefined,
  cursor: cursor(number),
})

export const sent = (clientId: string, digest: string, expected?: string, conversationId?: string): Entry => ({
  kind: 'sent',
  clientId,
  conversationId,
  digest,
  expected,
})

export const welcome = (number: number, resumed: boolean, role?: Role): Entry => ({
  kind: 'welcome',
  cursor: cursor(number),
  resumed,
  conversations: [],
  role,
})

const written = (by: string, messages: MessageRow[]): Entry[] =>
  messages
    .filter(({ authorId }) => authorId === by)
    .flatMap((message): Entry[] => [
      sent(message.clientId, message.digest, undefined, message.conversationId),
      { kind: 'acked', clientId: message.clientId, message: bare(message) },
    ])

const opened = (role?: Role): Entry[] => [{ kind: 'hello', cursor: undefined }, welcome(0, false, role)]

/** Cut off after the first message, and back with its cursor. */
function stream(frames: Entry[], cutAt: number, role?: Role): Entry[] {
  const [beginning, first, ...rest] = frames
  const cut: Entry[] = [
    { kind: 'closed', code: 1006 },
    { kind: 'hello', cursor: cursor(cutAt) },
    welcome(cutAt, true, role),
  ]
  return [...(beginning ? [beginning] : []), ...(first ? [first] : []), ...cut, ...rest]
}

function visitor(name: 'ada' | 'bob', messages: MessageRow[]): Told {
  const conversationId = conversationOf[name]
  const own = messages.filter((message) => message.conversationId === conversationId && message.seq !== null)
  const first = own[0]?.changeNumber ?? 0
  const frames = [began('visitor', conversationId, first - 1), ...own.map(shown)]
  const entries = [...opened(), ...stream(frames, first), ...written(name, messages)]
  return { name, reader: { kind: 'visitor', visitorId: name }, entries }
}

function staff(name: string, role: 'owner' | 'agent', messages: MessageRow[]): Told {
  const frames: Entry[] = [began('agent', 'c-ada', 1), ...messages.map(shown)]
  frames.splice(3, 0, began('agent', 'c-bob', 4))
  const entries = [...opened(role), ...stream(frames, 2, role), ...written(name, messages)]
  return { name, reader: { kind: 'agent', agentId: name }, entries }
}

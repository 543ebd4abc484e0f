import { expect, test } from 'vitest'
import { check } from '../check/check.ts'
import type { Rule } from '../check/finding.ts'
import type { Entry, Journal } from '../people/journal.ts'
import { type Deed, placeOf } from '../people/ledger.ts'
import { bare, cursor, known, row, sent, shown, type Told, type World, welcome, world } from './world.ts'

/** The rules that are found broken when the made-up world is changed like this. */
function broken(change: (world: World) => void): Rule[] {
  const changed = world()
  change(changed)
  const { ada, bob, owner, agent, rows, ledger } = changed
  const journals = [ada, bob, owner, agent].map(timed)
  return [...new Set(check(journals, rows, ledger).map(({ rule }) => rule))].sort()
}

const timed = ({ entries, ...told }: Told): Journal => ({
  ...told,
  entries: entries.map((entry, index) => ({ ...entry, at: index * 1_000, session: told.name })),
})

function remove({ entries }: Told, fits: (entry: Entry) => boolean): void {
  entries.splice(0, entries.length, ...entries.filter((entry) => !fits(entry)))
}

const showsChange = (number: number) => (entry: Entry) => entry.kind === 'message' && entry.cursor === cursor(number)

test('finds nothing where nothing is wrong', () => {
  expect(broken(() => {})).toEqual([])
})

/** Done and answered at this moment. */
const over = (at: number): Deed<true> => ({ value: true, began: at, ended: at, sure: true })

const paused = (who: string) => ({ who, conversationId: 'c-ada', began: 0, ended: 5_000, bytes: 2 ** 23 })

const cases: [name: string, rule: Rule, change: (world: World) => void][] = [
  [
    '[DL2] an ack whose message is not there',
    'acked and not stored',
    ({ ada }) =>
      ada.entries.push(sent('lost', 'x'), {
        kind: 'acked',
        clientId: 'lost',
        message: bare(row(8, 'c-ada', 4, 'ada')),
      }),
  ],
  [
    '[DL1] another message than the acked one',
    'stored otherwise than acked',
    ({ ada }) =>
      ada.entries.push({ kind: 'acked', clientId: 'client-m2', message: bare({ ...row(2, 'c-ada', 9, 'ada') }) }),
  ],
  [
    '[DL1] a message twice',
    'stored twice',
    ({ rows }) => rows.messages.push({ ...row(8, 'c-ada', 4, 'ada'), clientId: 'client-m2' }),
  ],
  [
    '[DL1] a message that nobody sent',
    'stored and never sent',
    ({ rows }) => rows.messages.push(row(8, 'c-ada', 4, 'ada')),
  ],
  [
    'a message with another text than was sent',
    'stored and never sent',
    ({ rows }) => rows.messages.splice(0, 1, { ...row(2, 'c-ada', 1, 'ada'), digest: 'other' }),
  ],
  [
    'a refused message that is there',
    'refused and stored',
    ({ ada }) => ada.entries.push({ kind: 'refused', clientId: 'client-m2', code: 'text_empty' }),
  ],
  [
    'a refusal without a reason',
    'refused wrongly',
    ({ ada }) => ada.entries.push(sent('good', 'x'), { kind: 'refused', clientId: 'good', code: 'not_found' }),
  ],
  [
    'a bad message that was taken',
    'taken wrongly',
    ({ ada }) =>
      ada.entries.push(sent('client-m2', 'x', 'text_empty'), {
        kind: 'acked',
        clientId: 'client-m2',
        message: bare(row(2, 'c-ada', 1, 'ada')),
      }),
  ],
  ['[DL5] a message without an answer', 'never answered', ({ bob }) => bob.entries.push(sent('silence', 'x'))],
  [
    'an answer that only says to wait',
    'never answered',
    ({ bob }) => bob.entries.push(sent('wait', 'x'), { kind: 'refused', clientId: 'wait', code: 'internal_error' }),
  ],
  [
    '[DL3] a hole in the numbers',
    'numbers with a hole',
    ({ rows }) => Object.assign(rows.messages[4] ?? {}, { seq: 4 }),
  ],
  [
    '[DL3] numbers against the order of changes',
    'order differs',
    ({ rows }) => {
      Object.assign(rows.messages[0] ?? {}, { seq: 2 })
      Object.assign(rows.messages[1] ?? {}, { seq: 1 })
    },
  ],
  [
    '[DL4] two messages with one number',
    'order differs',
    ({ rows }) => Object.assign(rows.messages[4] ?? {}, { changeNumber: 3 }),
  ],
  [
    'a conversation that counts otherwise',
    'record differs',
    ({ rows }) => Object.assign(rows.conversations[0] ?? {}, { lastSeq: 2 }),
  ],
  ['a project behind its messages', 'record differs', ({ rows }) => Object.assign(rows, { changeNumber: 6 })],
  [
    '[DL2] a frame of what was rolled back',
    'shown and not stored',
    ({ owner }) => owner.entries.push(shown(row(8, 'c-bob', 2, 'bob'))),
  ],
  [
    'a frame with another text',
    'shown otherwise than stored',
    ({ owner }) => owner.entries.splice(-2, 0, { ...shown({ ...row(7, 'c-ada', 3, 'ada'), digest: 'other' }) }),
  ],
  [
    '[DL4] a message twice in one stream',
    'shown twice',
    ({ ada }) => ada.entries.push(shown(row(7, 'c-ada', 3, 'ada'))),
  ],
  [
    "[DL11] a stranger's message",
    'shown to a stranger',
    ({ bob }) => bob.entries.push(shown(row(7, 'c-ada', 3, 'ada'))),
  ],
  [
    '[DL11] a note',
    'shown to a stranger',
    ({ ada }) => ada.entries.push({ ...shown(row(6, 'c-ada', null, 'owner')), cursor: undefined } as Entry),
  ],
  [
    '[DL4] a cursor that goes back',
    'cursor goes back',
    ({ ada }) =>
      ada.entries.push({ kind: 'read', conversationId: 'c-ada', reader: 'agent', seq: 0, cursor: cursor(3) }),
  ],
  [
    '[DL4] a cursor of another change',
    'cursor differs',
    ({ owner }) => {
      const last = owner.entries.findLastIndex(showsChange(7))
      owner.entries[last] = { ...shown(row(7, 'c-ada', 3, 'ada')), cursor: cursor(8) } as Entry
    },
  ],
  [
    '[DL4] a new beginning that nobody was told of',
    'cursor differs',
    ({ ada }) => ada.entries.push({ kind: 'hello', cursor: cursor(7) }, welcome(7, false)),
  ],
  ["[DL4] a hole in an agent's stream", 'missed in the stream', ({ owner }) => remove(owner, showsChange(5))],
  ["[DL4] a hole in a visitor's stream", 'missed in the stream', ({ ada }) => remove(ada, showsChange(3))],
  ['the last message, which nothing follows', 'missed in the end', ({ owner }) => remove(owner, showsChange(7))],
  ['a message that an agent never got', 'missed in the end', ({ agent }) => remove(agent, showsChange(5))],
  [
    'a conversation that went out of sight unsaid',
    'kept in the end',
    ({ rows }) => {
      Object.assign(rows.conversations[0] ?? {}, { assigneeId: 'owner' })
    },
  ],
  [
    'a change of state that nobody was told of',
    'stale in the end',
    ({ rows }) => Object.assign(rows.conversations[1] ?? {}, { state: 'resolved' }),
  ],
  [
    'a read mark that nobody was told of',
    'stale in the end',
    ({ rows }) => Object.assign(rows.conversations[1] ?? {}, { visitorReadSeq: 1 }),
  ],
  ['an API that leaves something out', 'API differs', ({ rows }) => void rows.api.messages.pop()],
  ['an API with another order', 'API differs', ({ rows }) => void rows.api.messages.reverse()],
  [
    'a good session that is ended',
    'sent away',
    ({ bob }) => bob.entries.push({ kind: 'ended', reason: 'session_unknown' }),
  ],
  [
    'a connection that is closed as a flood',
    'sent away',
    ({ bob }) => bob.entries.push({ kind: 'closed', code: 4429 }),
  ],
  [
    '[VS16] a message to a session that had ended',
    'shown after the end',
    ({ ledger }) => void ledger.signOuts.set('ada', over(0)),
  ],
  [
    '[VS16] a message taken from a session that had ended',
    'taken after the end',
    ({ ledger, ada }) => {
      ledger.signOuts.set('ada', over(0))
      remove(ada, ({ kind }) => kind === 'message')
    },
  ],
  [
    '[SS6] a message taken under a secret that had been revoked',
    'taken after the end',
    ({ ledger, rows }) => {
      ledger.revocations.set('key', over(0))
      Object.assign(rows.messages[4] ?? {}, { keyId: 'key' })
    },
  ],
  [
    '[SS6] a session that outlives its secret',
    'left open',
    ({ rows }) => rows.sessions.push({ key: 's', keyId: 'key', endReason: null, revoked: true }),
  ],
  [
    '[AG7] a message to an agent whose conversation had become somebody else’s',
    'shown after the end',
    ({ ledger }) => void ledger.assignees.set('c-ada', [{ ...over(0), value: 'owner' }]),
  ],
  [
    '[VS16] a message to an agent who had been removed',
    'shown after the end',
    ({ ledger }) => void ledger.roles.get('agent')?.push({ ...over(0), value: null }),
  ],
  [
    '[AG7] a refusal to whoever may write there',
    'refused wrongly',
    ({ agent }) => {
      const refused: Entry = { kind: 'refused', clientId: 'good', code: 'not_found' }
      agent.entries.push(sent('good', 'x', undefined, 'c-bob'), refused)
    },
  ],
  [
    'a good session that is refused',
    'sent away',
    ({ ada }) => ada.entries.push(sent('good', 'x'), { kind: 'refused', clientId: 'good', code: 'session_ended' }),
  ],
  ['a member who is not let in', 'sent away', ({ agent }) => agent.entries.push({ kind: 'closed', code: 4403 })],
  [
    '[AG7] what an admin missed while he was one',
    'missed in the stream',
    ({ agent, ledger }) => {
      ledger.joined('agent', 'admin')
      agent.entries.unshift({ kind: 'hello', cursor: undefined }, welcome(0, false, 'admin'))
      agent.entries.splice(2, 2)
      remove(agent, showsChange(5))
    },
  ],
  [
    '[DL6] slow readers of whom none was closed',
    'kept for a slow reader',
    ({ ledger }) => ledger.pauses.push(paused('owner'), paused('agent'), paused('owner')),
  ],
  ['what is no frame', 'not understood', ({ bob }) => bob.entries.push({ kind: 'nonsense', text: '{' })],
]

test.each(cases)('finds %s', (_name, rule, change) => {
  expect(broken(change)).toContain(rule)
})

test('[DL4] takes what comes again after a reset for no repeat', () => {
  const again: Entry[] = [{ kind: 'reset' }, welcome(6, false), shown(row(7, 'c-ada', 3, 'ada'))]
  expect(broken(({ ada }) => ada.entries.push(...again))).toEqual([])
})

test('[DL4] takes a conversation that went and came back as in sight, with what came along', () => {
  const back: Entry[] = [
    { kind: 'gone', conversationId: 'c-bob', cursor: cursor(8) },
    {
      kind: 'conversation',
      conversation: known('c-bob', 9, null),
      messages: [bare(row(5, 'c-bob', 1, 'bob'))],
      cursor: cursor(9),
    },
  ]
  expect(broken(({ agent }) => agent.entries.push(...back))).toEqual([])
})

test('a list that is older than a frame does not bring back what is gone, nor take away what came', () => {
  const meanwhile: Entry[] = [
    { kind: 'listing' },
    { kind: 'gone', conversationId: 'c-bob', cursor: cursor(8) },
    { kind: 'listed', conversations: [known('c-ada', 7, null), known('c-bob', 5, null)] },
  ]
  expect(
    broken(({ rows, agent, owner }) => {
      Object.assign(rows.conversations[1] ?? {}, { assigneeId: 'owner' })
      Object.assign(rows.api.conversations[1] ?? {}, { assigneeId: 'owner' })
      const assigned = known('c-bob', 8, 'owner')
      owner.entries.push({ kind: 'conversation', conversation: assigned, messages: undefined, cursor: cursor(8) })
      agent.entries.push(...meanwhile)
    }),
  ).toEqual([])
})

test('[VS16] takes what was sent within the second, or nobody knows when, for no wrong', () => {
  const lately = { ...over(0), ended: 60_000 }
  expect(broken(({ ledger }) => void ledger.signOuts.set('ada', lately))).toEqual([])
  expect(broken(({ ledger }) => void ledger.assignees.set('c-ada', [{ ...lately, value: 'owner' }]))).toEqual([])
  expect(
    broken(({ ledger }) => void ledger.assignees.set('c-ada', [{ ...over(0), sure: false, value: 'owner' }])),
  ).toEqual([])
})

test('[SS6] takes whoever comes in again with another session, and all that he missed, for no wrong', () => {
  const again: Entry[] = [
    { kind: 'ended', reason: 'secret_revoked' },
    { kind: 'closed', code: 4401 },
    { kind: 'hello', cursor: cursor(7) },
    welcome(7, true),
  ]
  const revoked = { key: 'ada', keyId: 'key', endReason: 'secret_revoked', revoked: true }
  expect(
    broken(({ ada, rows }) => {
      rows.sessions.push(revoked)
      ada.entries.push(...again)
    }),
  ).toEqual([])
})

test('what a visitor saw before he signed out is nothing that he has to see afterwards', () => {
  const out: Entry[] = [{ kind: 'forgot' }, { kind: 'hello', cursor: undefined }, welcome(7, false)]
  const listed: Entry[] = [{ kind: 'listing' }, { kind: 'listed', conversations: [known('c-ada', 7, undefined)] }]
  expect(broken(({ ada }) => ada.entries.push(...out, ...listed))).toEqual(['missed in the end'])
})

test('[AG7] what another has is an agent’s, too, while both are in one department', () => {
  const lately = { ...over(60_000), began: 60_000 }
  const assigned = ({ rows, ledger, owner, agent, ada }: World) => {
    const now = { ...known('c-ada', 8, 'owner'), departmentId: 'house' }
    Object.assign(rows.conversations[0] ?? {}, { assigneeId: 'owner', departmentId: 'house' })
    rows.api.conversations[0] = now
    for (const { entries } of [owner, agent]) {
      entries.push({ kind: 'conversation', conversation: now, messages: undefined, cursor: cursor(8) })
    }
    const herView = { ...now, assigneeId: undefined }
    ada.entries.push({ kind: 'conversation', conversation: herView, messages: undefined, cursor: cursor(8) })
    ledger.assignees.set('c-ada', [{ ...lately, value: 'owner' }])
    ledger.departments.set('c-ada', [{ ...lately, value: 'house' }])
  }
  expect(broken(assigned)).toContain('kept in the end')
  expect(
    broken((told) => {
      assigned(told)
      told.rows = { ...told.rows, departments: new Map([['agent', ['house']]]) }
      told.ledger.places.set(placeOf('agent', 'house'), [{ ...lately, value: true }])
    }),
  ).toEqual([])
})

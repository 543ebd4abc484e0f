/** What visitors and agents do all day, good and bad, by chance. */
import { randomUUID } from 'node:crypto'
import type { Seeded } from '../seeded.ts'
import type { Person } from './person.ts'
import { assign, giveToDepartment } from './team.ts'

/** Whom a habit may need beside its owner. */
export interface Others {
  /** A message of somebody else, to steal its client id or to write into its conversation. */
  foreignMessage(of: Person): { clientId: string; conversationId: string } | undefined
  agentIds(): readonly string[]
  departmentIds(): readonly string[]
}

const mostUnanswered = 15

type Habit = (person: Person, others: Others) => void

const visitorHabits = { write: 60, burst: 7, read: 12, typing: 6, mistake: 6, begin: 2 }
const agentHabits = { write: 50, note: 8, read: 14, typing: 4, mistake: 3, assign: 10, department: 12, settle: 8 }

const habits: Record<keyof typeof visitorHabits | keyof typeof agentHabits, Habit> = {
  write,
  burst(person, others) {
    for (let left = person.options.chance.whole(3, 8); left > 0; left--) write(person, others)
  },
  begin: (person) => send(person, undefined),
  note: (person) => send(person, conversation(person), 'note'),
  read(person) {
    const conversationId = conversation(person)
    const seq = conversationId && person.journal.inSight.get(conversationId)
    if (conversationId && seq) person.say({ type: 'read', conversationId, seq })
  },
  typing(person) {
    const conversationId = conversation(person)
    if (conversationId) person.say({ type: 'typing', conversationId })
  },
  mistake,
  assign(person, { agentIds }) {
    const { chance, ledger } = person.options
    const assigneeId = chance.chance(0.35) ? null : (chance.pick(agentIds()) ?? null)
    const conversationId = conversation(person)
    if (conversationId) void assign(person.api, ledger, conversationId, assigneeId)
  },
  department(person, { departmentIds }) {
    const { chance, ledger } = person.options
    const departmentId = chance.chance(0.25) ? null : (chance.pick(departmentIds()) ?? null)
    const conversationId = conversation(person)
    if (conversationId) void giveToDepartment(person.api, ledger, conversationId, departmentId)
  },
  settle(person) {
    const conversationId = conversation(person)
    const body = { state: person.options.chance.pick(['resolved', 'snoozed', 'open']) }
    if (conversationId) void person.api.ask('PATCH', `/conversations/${conversationId}`, body)
  },
}

/** Does something now, and something else after a while; gives the way to stop. */
export function live(person: Person, others: Others, everyMs: number): () => void {
  const { chance } = person.options
  const weights = person.options.reader.kind === 'visitor' ? visitorHabits : agentHabits
  let timer: NodeJS.Timeout
  const next = () => {
    timer = setTimeout(act, everyMs * (0.4 + 1.2 * chance.next()))
  }
  const act = () => {
    const name = chance.weighted<keyof typeof habits>(weights) ?? 'write'
    // Whoever cannot get rid of what he wrote does not write more and more.
    if (person.outbox.size < mostUnanswered) habits[name](person, others)
    next()
  }
  next()
  return () => clearTimeout(timer)
}

function write(person: Person, _others: Others): void {
  const conversationId = conversation(person)
  // The first message begins a conversation; until that is known a second one would begin another.
  if (conversationId || person.outbox.size === 0) send(person, conversationId)
}

function send(person: Person, conversationId: string | undefined, kind?: 'note'): void {
  if (person.options.reader.kind === 'agent' && !conversationId) return
  person.outbox.write({
    clientId: randomUUID(),
    conversationId,
    text: textBy(person.options.chance),
    ...(kind && { kind }),
  })
}

function conversation({ options, journal }: Person): string | undefined {
  return options.chance.pick([...journal.inSight.keys()])
}

function textBy(chance: Seeded): string {
  const length = chance.chance(0.03) ? chance.whole(1_000, 8_000) : chance.whole(1, 60)
  return `${'Is the green tea in? ☕ é 茶 '.repeat(300).slice(0, length - 1)}.`
}

/** Each has its own code, and none may be stored. */
function mistake(person: Person, others: Others): void {
  const conversationId = conversation(person)
  if (!conversationId) return
  const foreign = others.foreignMessage(person)
  const mistakes: { text: string; expected: string; clientId?: string; conversationId?: string }[] = [
    { text: '  ', expected: 'text_empty' },
    { text: 'x'.repeat(8_001), expected: 'text_too_long' },
    { text: 'a\0b', expected: 'text_invalid' },
    { text: 'half a \ud83d', expected: 'text_invalid' },
    { text: 'nowhere', expected: 'not_found', conversationId: randomUUID() },
  ]
  if (foreign) {
    mistakes.push({ text: 'stolen id', expected: 'client_id_conflict', clientId: foreign.clientId })
    if (person.options.reader.kind === 'visitor') {
      mistakes.push({ text: 'stranger', expected: 'not_found', conversationId: foreign.conversationId })
    }
  }
  const made = person.options.chance.pick(mistakes)
  if (made) person.outbox.write({ clientId: randomUUID(), conversationId, ...made })
}

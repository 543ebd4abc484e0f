/** A part of a report: some conversations in which something may have happened, and all that was written in them. */
import type { Reading } from '../reads.ts'
import { aroundDays, dayIn } from './days.ts'
import { type Tallies, tallyOf } from './tally.ts'

const conversationsAtOnce = 100
const messagesAtOnce = 5_000
/** After so many rows a part ends, so that who looks for something comes in between. */
const fullPart = 20_000

export interface Span {
  from: string
  to: string
  timeZone: string
}

interface Asked extends Span {
  projectId: string
  below: Below
}

export interface Below {
  at: number
  id: string
}

interface ConversationRow {
  id: string
  assignee_id: string | null
  department_id: string | null
  rating_stars: number | null
  rated_at: number | null
  created_at: number
  last_activity_at: number
}

interface MessageRow {
  conversation_id: string
  change_number: number
  /** What writes by an API key is none of the people who answer. */
  author_kind: 'visitor' | 'agent' | 'bot' | 'system'
  author_id: string | null
  kind: string
  key_id: string | null
  created_at: number
  attributes: string
}

export async function readReportPart(
  reading: Reading,
  { projectId, below, ...span }: Asked,
): Promise<{ tallies: Tallies; below: Below | null }> {
  const tallies: Tallies = new Map()
  const { since } = aroundDays(span.from, span.to)
  const inDay = dayIn(span.timeZone)
  const dayOf = (time: number): string | undefined => {
    const day = inDay(time)
    return day >= span.from && day <= span.to ? day : undefined
  }
  for (let next = below, read = 0; read < fullPart; ) {
    const rows = await conversationsBelow(reading, projectId, since, next)
    const counted = new Map(rows.map((row) => [row.id, new Course(row, tallies, dayOf)]))
    for await (const message of messagesOf(reading, [...counted.keys()])) {
      counted.get(message.conversation_id)?.take(message)
      read += 1
    }
    const last = rows.at(-1)
    if (!last || rows.length < conversationsAtOnce) return { tallies, below: null }
    next = { at: last.last_activity_at, id: last.id }
    below = next
    read += rows.length
  }
  return { tallies, below }
}

/** How one conversation went, message by message. */
class Course {
  #tallies: Tallies
  #dayOf: (time: number) => string | undefined
  #row: ConversationRow
  #began: boolean
  #isFirst = true
  #replied = false
  /** Undefined while it is closed. */
  #openSince: number | undefined

  constructor(row: ConversationRow, tallies: Tallies, dayOf: (time: number) => string | undefined) {
    this.#row = row
    this.#tallies = tallies
    this.#dayOf = dayOf
    this.#openSince = row.created_at
    const day = dayOf(row.created_at)
    this.#began = day !== undefined
    for (const tally of this.#of(day, row.assignee_id)) tally.opened += 1
    if (row.rating_stars === null || row.rated_at === null) return
    for (const tally of this.#of(dayOf(row.rated_at), row.assignee_id)) {
      tally.stars[row.rating_stars - 1] = (tally.stars[row.rating_stars - 1] ?? 0) + 1
    }
  }

  take(message: MessageRow): void {
    if (message.author_kind === 'system') this.#line(message)
    else if (message.kind === 'text') this.#message(message)
  }

  #message({ author_kind: kind, author_id: author, key_id: key, created_at: at }: MessageRow): void {
    const day = this.#dayOf(at)
    if (this.#isFirst && key !== null && this.#began) {
      for (const tally of this.#of(this.#dayOf(this.#row.created_at), this.#row.assignee_id)) tally.verified += 1
    }
    this.#isFirst = false
    if (kind === 'visitor') {
      // Whoever writes opens it again.
      this.#openSince ??= at
      for (const tally of this.#of(day, this.#row.assignee_id)) tally.visitorMessages += 1
      return
    }
    if (kind === 'bot') {
      for (const tally of this.#of(day, null)) tally.botMessages += 1
      return
    }
    for (const tally of this.#of(day, author)) tally.agentMessages += 1
    if (this.#replied) return
    this.#replied = true
    if (!this.#began) return
    for (const tally of this.#of(this.#dayOf(this.#row.created_at), author)) {
      tally.firstReplies.push(Math.max(0, at - this.#row.created_at))
    }
  }

  #line({ attributes, created_at: at }: MessageRow): void {
    if (attributes.includes('"CHAT_REOPENED"')) this.#openSince ??= at
    if (!attributes.includes('"CHAT_CLOSED"') || this.#openSince === undefined) return
    for (const tally of this.#of(this.#dayOf(at), this.#row.assignee_id)) {
      tally.resolved += 1
      tally.resolutions.push(Math.max(0, at - this.#openSince))
    }
    this.#openSince = undefined
  }

  /** Whose figures it belongs to; nobody's if it was on none of the days. */
  #of(day: string | undefined, agent: string | null) {
    if (day === undefined) return []
    const keys = ['all', `day ${day}`, `department ${this.#row.department_id ?? ''}`]
    if (agent !== null) keys.push(`agent ${agent}`)
    return keys.map((key) => tallyOf(this.#tallies, key))
  }
}

/** Those in which something was written since, the latest first. Without those of who is being erased. */
function conversationsBelow({ database }: Reading, projectId: string, since: number, { at, id }: Below) {
  return database.rows<ConversationRow>(
    `select c.id, c.assignee_id, c.department_id, c.rating_stars, c.rated_at, c.created_at, c.last_activity_at
     from conversations c join visitors v on v.id = c.visitor_id
     where c.project_id = ? and c.last_activity_at >= ? and (c.last_activity_at, c.id) < (?, ?) and v.erasing_at is null
     order by c.last_activity_at desc, c.id desc limit ?`,
    [projectId, since, at, id, conversationsAtOnce],
  )
}

async function* messagesOf({ database }: Reading, ids: readonly string[]): AsyncGenerator<MessageRow> {
  if (ids.length === 0) return
  for (let conversation = '', number = 0; ; ) {
    const rows = await database.rows<MessageRow>(
      `select m.conversation_id, m.change_number, m.author_id, m.kind, m.key_id, m.created_at,
         case when m.author_kind = 'agent' and a.id is null then 'bot' else m.author_kind end as author_kind,
         case when m.author_kind = 'system' then m.attributes else '' end as attributes
       from messages m left join agents a on m.author_kind = 'agent' and a.id = m.author_id
       where m.conversation_id in (${ids.map(() => '?').join()}) and (m.conversation_id, m.change_number) > (?, ?)
       order by m.conversation_id, m.change_number limit ?`,
      [...ids, conversation, number, messagesAtOnce],
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < messagesAtOnce) return
    conversation = last.conversation_id
    number = last.change_number
  }
}

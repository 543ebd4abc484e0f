/**
 * What an agent does to a conversation: shown at once, then confirmed, or taken back (AG5).
 *
 * It is done to what he had before his eyes (HT1). Where somebody else has changed another thing meanwhile, it is done
 * all the same; where both changed the same thing, he is told how it stands now, and may insist.
 */
import type { Answer } from '../../client/api.ts'
import type { Conversation } from '../../protocol/records.ts'
import { api, apiMatching, codeOf } from './api.ts'
import { type Inbox, isAgents, type Patch } from './inbox.ts'

export async function changeConversation(inbox: Inbox, seen: Conversation, patch: Patch): Promise<void> {
  const undo = inbox.patch(seen.id, patch)
  try {
    inbox.receive([await inTurn(seen.id, () => changed(seen, patch))])
  } catch (error) {
    if (error instanceof Overtaken) inbox.receive([error.now])
    throw error
  } finally {
    undo()
  }
}

const running = new Map<string, Promise<unknown>>()

/** One's own changes follow one another: none of them is taken for somebody else's. */
async function inTurn<A>(id: string, act: () => Promise<A>): Promise<A> {
  const mine = (running.get(id) ?? Promise.resolve()).then(act, act)
  running.set(id, mine)
  try {
    return await mine
  } finally {
    if (running.get(id) === mine) running.delete(id)
  }
}

async function changed(seen: Conversation, patch: Patch): Promise<Conversation> {
  try {
    return await send(seen, patch)
  } catch (error) {
    if (codeOf(error) !== 'changed_meanwhile') throw error
    const now = asAgents(await api('GET /conversations/:conversation', { params: { conversation: seen.id } }))
    if (agree(patch, now, patch)) return now
    if (!agree(patch, now, seen)) throw new Overtaken(now)
    return send(now, patch)
  }
}

/** Somebody else was quicker, and made of it what it is now. */
export class Overtaken extends Error {
  readonly now: Conversation

  constructor(now: Conversation) {
    super()
    this.now = now
  }
}

async function send({ id, etag }: Conversation, patch: Patch): Promise<Conversation> {
  const input = { params: { conversation: id }, body: bodyOf(patch) }
  return asAgents(await apiMatching(etag)('PATCH /conversations/:conversation', input))
}

function asAgents(answer: Answer<'GET /conversations/:conversation'>): Conversation {
  if (!isAgents(answer)) throw new Error('An agent has been given what is for a visitor.')
  return answer
}

/** Are they the same in what the patch is about? */
function agree(patch: Patch, one: Patch, other: Patch): boolean {
  const asked = bodyOf(patch)
  const [first, second] = [one, other].map((each) => Object.entries(bodyOf(each)).filter(([field]) => field in asked))
  return JSON.stringify(first) === JSON.stringify(second)
}

function bodyOf({ state, assignee, department, tags }: Patch) {
  return {
    ...(state !== undefined && { state }),
    ...(assignee !== undefined && { assigneeId: assignee?.id ?? null }),
    ...(department !== undefined && { departmentId: department?.id ?? null }),
    ...(tags !== undefined && { tags }),
  }
}

/** What everybody in a crowd wrote, what of it the server has, and what each of them heard: it must be the same. */
import { expect } from 'vitest'
import { until } from '../server/test/cluster/until.ts'
import type { Crowd } from './crowd.ts'
import type { Owner } from './owner.ts'
import type { Talker } from './talker.ts'

const patienceMs = 60_000

/** By conversation, what the server has in the end. */
type Stored = Map<string, string[]>

/** Once all that was written has arrived and was heard. */
export async function storedInTheEnd(crowd: Crowd, owner: Owner): Promise<Stored> {
  await until(() => crowd.talkers.every(isSettled), patienceMs)
  const ids = crowd.visitors.map(({ conversation }) => conversation)
  const stored = new Map(await Promise.all(ids.map(async (id) => [id, await owner.messagesOf(id)] as const)))
  await until(() => crowd.talkers.every((talker) => hasHeardAll(talker, stored)), patienceMs)
  return stored
}

/** Each once, and of each visitor in the order of writing. */
export function expectAllStored({ visitors, agents }: Crowd, stored: Stored): void {
  for (const { conversation, written } of visitors) {
    expect(stored.get(conversation)?.filter((text) => text.startsWith('visitor'))).toEqual(written)
  }
  for (const { name, written } of agents) {
    for (const [conversation, texts] of written) {
      const own = stored.get(conversation)?.filter((text) => text.startsWith(`${name} `))
      expect(own?.sort()).toEqual(texts.sort())
    }
  }
}

/** Once and in order, and so it stands on the screen. */
export function expectAllHeard({ visitors, talkers }: Crowd, stored: Stored): void {
  for (const talker of talkers) {
    for (const seqs of seqsOf(talker)) expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
  }
  for (const { tabs, conversation } of visitors) {
    const seen = stored.get(conversation)?.filter((text) => !isNote(text))
    for (const tab of tabs) expect(tab.rows(conversation)).toEqual(seen)
  }
}

const isSettled = ({ isOpen, outbox }: Talker) => isOpen && outbox.entries.get().length === 0

const isNote = (text: string) => text.includes(' notes ')

/** The last numbered message of each of the crowd's conversations that it hears of. */
function hasHeardAll({ heard }: Talker, stored: Stored): boolean {
  const texts = new Set(heard.map(({ text }) => text))
  const conversations = new Set(heard.map(({ conversationId }) => conversationId))
  return [...stored].every(([conversation, written]) => {
    const last = written.findLast((text) => !isNote(text))
    return !conversations.has(conversation) || (last !== undefined && texts.has(last))
  })
}

/** The numbers of what came, conversation by conversation. */
function seqsOf({ heard }: Talker): number[][] {
  const numbered = heard.filter(({ seq }) => seq !== null)
  const conversations = Map.groupBy(numbered, ({ conversationId }) => conversationId).values()
  return [...conversations].map((messages) => messages.map(({ seq }) => seq ?? 0))
}

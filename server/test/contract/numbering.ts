import { beforeEach, describe, expect, test } from 'vitest'
import type { Member, VisitorCaller } from '../../model/caller.ts'
import { nextNumber } from '../../model/change.ts'
import { changeConversation } from '../../model/conversation/conversation.ts'
import { markRead } from '../../model/conversation/read-mark.ts'
import { codeOf, type OpenDatabase, strangerCaller, upTo, World } from './world.ts'

/** Change numbers of a project and seqs of a conversation. */
export function numberingContract(open: OpenDatabase): void {
  describe('numbers', () => {
    let world: World
    let visitor: VisitorCaller
    let agent: Member

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      visitor = await world.visitor()
      agent = await world.member('agent')
      return () => opened.close()
    })

    const begin = async () => (await world.write(visitor)).conversationId

    test('[DL4] counts changes without a hole, whoever else takes a number and throws', async () => {
      const numbers: number[] = []
      const take = (throws: boolean) =>
        world.database.transaction(async (tx) => {
          const number = await nextNumber(tx, world.projectId)
          if (throws) throw new Error('no')
          tx.onCommit(() => numbers.push(number))
          return number
        })
      await Promise.allSettled(upTo(60).map((index) => take(index % 3 === 0)))
      // Where turns run side by side, they may be told in another order than they were committed in.
      expect(numbers.sort((one, other) => one - other)).toEqual(upTo(40))
      expect(await world.changeNumber()).toBe(40)
    })

    test('[DL4] publishes every change, without a hole, and in the order of numbers where turns come one by one', async () => {
      const conversationId = await begin()
      const other = await world.visitor()
      const caller = {
        kind: 'agent' as const,
        sessionId: 's',
        agentId: agent.agentId,
        name: 'Ada',
        email: 'a',
        expiresAt: 0,
      }
      const visitorReads = { kind: 'visitor' as const, caller: visitor }
      await Promise.all(
        upTo(12).flatMap((index) => [
          world.write(visitor, { conversationId }),
          world.write(other),
          world.answer(agent, { conversationId, kind: index % 2 ? 'note' : 'text' }),
          markRead(world, world.projectId, visitorReads, conversationId, index),
          changeConversation(world, caller, conversationId, { tags: [`t${index}`] }),
          codeOf(world.write(visitor, { conversationId: crypto.randomUUID() })),
        ]),
      )
      const last = await world.changeNumber()
      const published = world.published.map((change) => change.number)
      // On PostgreSQL turns run side by side, and two commits may be heard of in either order: live/in-order.ts sorts them.
      const dialect = await world.database.transaction(async (tx) => tx.dialect)
      if (dialect === 'postgres') published.sort((one, other) => one - other)
      expect(published).toEqual(upTo(last))
    })

    test('[DL3] counts seq 1, 2, 3 in each conversation, whoever writes at the same moment', async () => {
      const [one, two] = [await begin(), await begin()]
      const writes = upTo(30).flatMap((index) => [
        world.write(visitor, { conversationId: one }),
        world.answer(agent, { conversationId: index % 2 ? one : two }),
      ])
      const seqs = await Promise.all(writes.map(async (write) => (await write).seq))
      const rows = await world.stored()
      for (const [id, count] of [
        [one, 46],
        [two, 16],
      ] as const) {
        expect(rows.filter((row) => row.conversation_id === id).map((row) => row.seq)).toEqual(upTo(count))
      }
      expect(seqs).toHaveLength(60)
    })

    test('[DL3] gives notes no seq, and a place by change number', async () => {
      const conversationId = await begin()
      const note = await world.answer(agent, { conversationId, kind: 'note', text: 'careful' })
      const next = await world.write(visitor, { conversationId })
      expect([note.seq, next.seq]).toEqual([null, 2])
      const rows = await world.stored()
      expect(rows.map((row) => row.kind)).toEqual(['text', 'note', 'text'])
      const [conversation] = await world.database.read.selectFrom('conversations').selectAll().execute()
      expect([conversation?.last_seq, conversation?.last_message_id]).toEqual([2, next.id])
    })

    test('[DL7] lets a message that the database refuses harm no other in its batch, and leave no hole', async () => {
      const conversationId = await begin()
      const outcomes = await Promise.allSettled([
        world.write(visitor, { conversationId }),
        // Begins a conversation for somebody whom the database does not know.
        world.write(strangerCaller(world.projectId)),
        world.write(visitor, { conversationId }),
      ])
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      const rows = await world.stored()
      expect(rows.map((row) => row.seq)).toEqual([1, 2, 3])
      expect(world.published.map((change) => change.number)).toEqual(upTo(await world.changeNumber()))
    })

    test('[DL4] counts each project by itself, in one batch too', async () => {
      const elsewhere = await world.visitor(await world.project())
      await Promise.all([world.write(visitor), world.write(elsewhere), world.write(visitor), world.write(elsewhere)])
      const rows = await world.stored()
      const numbersOf = (id: string) => rows.filter((row) => row.project_id === id).map((row) => row.change_number)
      expect(numbersOf(world.projectId)).toEqual([2, 4])
      expect(numbersOf(elsewhere.projectId)).toEqual([2, 4])
    })
  })
}

import { beforeEach, describe, expect, test } from 'vitest'
import type { AgentCaller, Member, VisitorCaller } from '../../model/caller.ts'
import { changesSince, type Missed, messagesOf, type Reader } from '../../model/changes-since.ts'
import { unassignAll } from '../../model/conversation/change-record.ts'
import { changeConversation } from '../../model/conversation/conversation.ts'
import { markRead } from '../../model/conversation/read-mark.ts'
import { type OpenDatabase, upTo, World } from './world.ts'

/** What somebody missed, read from the log (DL4). */
export function catchingUpContract(open: OpenDatabase): void {
  describe('what was missed', () => {
    let world: World
    let visitor: VisitorCaller
    let owner: Member
    let agent: Member
    let conversationId: string

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      visitor = await world.visitor()
      owner = await world.member('owner')
      agent = await world.member('agent')
      conversationId = (await world.write(visitor, { text: 'first' })).conversationId
      return () => opened.close()
    })

    const missedBy = async (reader: Reader, since: number) => {
      const read = await changesSince(world, world.projectId, reader, since)
      if (read === 'anew') throw new Error('anew')
      return read
    }
    const asVisitor = (caller = visitor): Reader => ({ kind: 'visitor', caller })
    const asAgent = (member: Member): Reader => ({ kind: 'agent', member })
    const change = (by: Member, changes: Parameters<typeof changeConversation>[3]) => {
      const caller: AgentCaller = {
        kind: 'agent',
        sessionId: 's',
        agentId: by.agentId,
        name: 'A',
        email: 'a',
        expiresAt: 0,
      }
      return changeConversation(world, caller, conversationId, changes)
    }
    const shapes = (missed: Missed[]) => missed.map((one) => `${one.kind} ${one.number}`)
    const isOrdered = (missed: Missed[]) => missed.every((one, index) => one.number >= (missed[index - 1]?.number ?? 0))

    test('[DL4] is nothing for who is up to date', async () => {
      const since = await world.changeNumber()
      for (const reader of [asVisitor(), asAgent(owner), asAgent(agent)]) {
        expect(await missedBy(reader, since)).toEqual({ missed: [], upTo: since })
      }
    })

    test('[DL4] is every message after the number, in order, each once', async () => {
      const since = await world.changeNumber()
      const sent = await Promise.all(
        upTo(20).map((index) => world.write(visitor, { conversationId, text: `${index}` })),
      )
      for (const reader of [asVisitor(), asAgent(owner)]) {
        const { missed, upTo: end } = await missedBy(reader, since)
        expect(missed.map((one) => one.kind === 'message' && one.message.id)).toEqual(sent.map(({ id }) => id))
        expect(missed.map((one) => one.number)).toEqual(upTo(20).map((index) => since + index))
        expect(end).toBe(since + 20)
      }
    })

    test('[DL4] goes on from every number without a gap or a repeat', async () => {
      await Promise.all(upTo(5).map(() => world.write(visitor, { conversationId })))
      const whole = (await missedBy(asVisitor(), 0)).missed
      for (const { number } of whole) {
        const rest = (await missedBy(asVisitor(), number)).missed
        expect(rest).toEqual(whole.filter((one) => one.number > number))
      }
    })

    test('[DL11] has no notes for the visitor, nor anything of other visitors', async () => {
      await world.answer(agent, { conversationId, kind: 'note', text: 'careful with him' })
      await world.write(await world.visitor(), { text: 'somebody else' })
      const { missed, upTo: end } = await missedBy(asVisitor(), 2)
      expect(missed).toEqual([])
      expect(end).toBe(await world.changeNumber())
      expect(shapes((await missedBy(asAgent(agent), 2)).missed)).toEqual(['message 3', 'conversation 4', 'message 5'])
    })

    test('[DL4] has the present state of a conversation at the number of its latest change', async () => {
      await change(owner, { tags: ['a'] })
      await change(owner, { state: 'resolved' })
      await markRead(world, world.projectId, asVisitor(), conversationId, 1)
      const { missed } = await missedBy(asAgent(owner), 2)
      expect(shapes(missed)).toEqual(['message 4', 'conversation 6'])
      const only = missed.at(-1)
      expect(only?.kind === 'conversation' && only.record.agentView).toMatchObject({
        tags: ['a'],
        state: 'resolved',
        visitorReadSeq: 1,
      })
    })

    test('[DL4] says gone to the agent who lost sight, and nothing of what came after', async () => {
      const since = await world.changeNumber()
      await change(owner, { assigneeId: owner.agentId })
      await world.write(visitor, { conversationId, text: 'for the owner' })
      const { missed } = await missedBy(asAgent(agent), since)
      expect(missed).toEqual([{ kind: 'gone', number: since + 2, conversationId }])
      expect(shapes((await missedBy(asAgent(owner), since)).missed)).toEqual([
        `message ${since + 1}`,
        `conversation ${since + 2}`,
        `message ${since + 3}`,
      ])
    })

    test('[DL4] brings the whole conversation to the agent who gained it', async () => {
      await change(owner, { assigneeId: owner.agentId })
      await world.write(visitor, { conversationId, text: 'second' })
      await world.answer(owner, { conversationId, kind: 'note', text: 'a note' })
      const since = await world.changeNumber()
      await change(owner, { assigneeId: agent.agentId })
      const { missed } = await missedBy(asAgent(agent), since)
      expect(shapes(missed)).toEqual([`message ${since + 1}`, `conversation ${since + 2}`])
      const gained = missed.filter(({ kind }) => kind === 'conversation')
      const texts = (await Promise.all(gained.map(messagesOf))).flat().filter(({ kind }) => kind !== 'system')
      expect(texts.map(({ text }) => text)).toEqual(['first', 'second', 'a note'])
    })

    test('[DL4] brings back to everybody what a leaving member had', async () => {
      await change(owner, { assigneeId: owner.agentId })
      const since = await world.changeNumber()
      await world.database.transaction((tx) => unassignAll(tx, world, world.projectId, owner.agentId))
      const { missed } = await missedBy(asAgent(agent), since)
      expect(shapes(missed)).toEqual([`conversation ${since + 1}`])
      expect((await Promise.all(missed.map(messagesOf))).flat()).toHaveLength(2)
    })

    test('[DL4] is every message for the visitor whose conversation was assigned meanwhile', async () => {
      const since = await world.changeNumber()
      const sent = await Promise.all(upTo(60).map(() => world.write(visitor, { conversationId })))
      await change(owner, { assigneeId: agent.agentId })
      const { missed } = await missedBy(asVisitor(), since)
      expect(missed.flatMap((one) => (one.kind === 'message' ? one.message.id : []))).toEqual([
        ...sent.map(({ id }) => id),
        expect.any(String),
      ])
    })

    test('[DL4] is in order when messages and conversations mix', async () => {
      await Promise.all(
        upTo(10).flatMap((index) => [
          world.write(visitor, { conversationId }),
          change(owner, { tags: [`${index}`] }),
          world.visitor().then((other) => world.write(other)),
        ]),
      )
      const { missed } = await missedBy(asAgent(owner), 0)
      expect(isOrdered(missed)).toBe(true)
      expect(missed.filter((one) => one.kind === 'message')).toHaveLength(21)
      expect(missed.filter((one) => one.kind === 'conversation')).toHaveLength(11)
    })

    test('[DL4] up to 1,000 changes are told, more begin anew', async () => {
      const since = await world.changeNumber()
      await Promise.all(upTo(1000).map(() => world.write(visitor, { conversationId })))
      expect((await missedBy(asVisitor(), since)).missed).toHaveLength(1000)
      await world.write(visitor, { conversationId })
      for (const reader of [asVisitor(), asAgent(owner)]) {
        expect(await changesSince(world, world.projectId, reader, since)).toBe('anew')
      }
      // Who may not see them has not missed them.
      const other = await world.visitor()
      expect((await missedBy(asVisitor(other), since)).missed).toEqual([])
    })
  })
}

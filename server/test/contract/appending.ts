import { beforeEach, describe, expect, test } from 'vitest'
import type { Member, VisitorCaller } from '../../model/caller.ts'
import { changeConversation } from '../../model/conversation/conversation.ts'
import { codeOf, type OpenDatabase, upTo, World } from './world.ts'

const text = 'nobody else may read this'

/** One way in for a message: stored once, however often it comes. */
export function appendContract(open: OpenDatabase): void {
  describe('a message', () => {
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

    const clientId = crypto.randomUUID()

    test('[DL1] sent again comes back as it is stored, and is stored once', async () => {
      const first = await world.write(visitor, { clientId, text })
      world.clock.advance(1000)
      const again = await world.write(visitor, { clientId, text: 'another text' })
      expect(again).toEqual(first)
      expect(await world.stored()).toHaveLength(1)
      expect(world.published).toHaveLength(2)
    })

    test('[DL1] sent again by its author wherever, begins no second conversation', async () => {
      const first = await world.write(visitor, { clientId, text })
      const again = await world.write({ ...visitor, sessionId: 'of another tab' }, { clientId, text })
      expect(again.conversationId).toBe(first.conversationId)
      const elsewhere = await world.write(visitor, { clientId, text, conversationId: crypto.randomUUID() })
      expect(elsewhere.id).toBe(first.id)
      expect(await world.database.read.selectFrom('conversations').select('id').execute()).toHaveLength(1)
    })

    test('[DL1] sent several times in one batch is stored once', async () => {
      const sent = await Promise.all([1, 2, 3].map(() => world.write(visitor, { clientId, text })))
      expect(new Set(sent.map((message) => message.id)).size).toBe(1)
      expect(await world.stored()).toHaveLength(1)
      expect(await world.changeNumber()).toBe(2)
    })

    test('[DL1] of somebody else gives a conflict and no content: another visitor', async () => {
      await world.write(visitor, { clientId, text })
      const other = await world.visitor()
      expect(await codeOf(world.write(other, { clientId }))).toBe('client_id_conflict clientId')
      const told = await world.write(other, { clientId }).catch((error: unknown) => error)
      expect(`${String(told)} ${JSON.stringify(told)}`).not.toContain(text)
      expect(await world.stored()).toHaveLength(1)
    })

    test('[DL1] of somebody else gives a conflict: within one batch', async () => {
      const other = await world.visitor()
      const codes = await Promise.all([
        codeOf(world.write(visitor, { clientId })),
        codeOf(world.write(other, { clientId })),
      ])
      expect(codes).toEqual(['done', 'client_id_conflict clientId'])
    })

    test('[DL1] of somebody else gives a conflict: a visitor and agents, either way', async () => {
      const { conversationId } = await world.write(visitor, { clientId })
      expect(await codeOf(world.answer(agent, { conversationId, clientId }))).toBe('client_id_conflict clientId')
      const reply = await world.answer(agent, { conversationId, text })
      const colleague = await world.member('owner')
      const twice = { conversationId, clientId: reply.clientId }
      expect(await codeOf(world.answer(colleague, twice))).toBe('client_id_conflict clientId')
      expect(await codeOf(world.write(visitor, twice))).toBe('client_id_conflict clientId')
      expect((await world.answer(agent, twice)).id).toBe(reply.id)
    })

    test('[DL1] has its client id for itself in its project only', async () => {
      const elsewhere = await world.visitor(await world.project())
      const [one, two] = await Promise.all([
        world.write(visitor, { clientId }),
        world.write(elsewhere, { clientId, text: 'Ciao' }),
      ])
      expect([one.text, two.text]).toEqual(['Hello', 'Ciao'])
    })

    test('[DL2] is on the disk when its author is told', async () => {
      const sent = await Promise.all([1, 2, 3].map(() => world.write(visitor)))
      const stored = new Set((await world.stored()).map((row) => row.id))
      expect(sent.every((message) => stored.has(message.id))).toBe(true)
    })

    test('is published after the commit, before its author is told', async () => {
      const { id } = await world.write(visitor)
      const kinds = world.published.map((change) => change.kind)
      expect(kinds).toEqual(['conversation', 'message'])
      expect(world.published[1]).toMatchObject({ message: { id }, facts: { visitorId: visitor.visitorId } })
    })

    test('to a conversation of somebody else is refused, like one that there is not', async () => {
      const { conversationId } = await world.write(visitor)
      const other = await world.visitor()
      expect(await codeOf(world.write(other, { conversationId }))).toBe('not_found conversationId')
      const unknown = crypto.randomUUID()
      expect(await codeOf(world.write(other, { conversationId: unknown }))).toBe('not_found conversationId')
    })

    test('[AG7] of an agent to a conversation that was assigned away in the same batch is refused', async () => {
      const { conversationId } = await world.write(visitor)
      const owner = await world.member('owner')
      const caller = {
        kind: 'agent' as const,
        sessionId: 's',
        agentId: owner.agentId,
        name: 'O',
        email: 'o',
        expiresAt: 0,
      }
      const [, code] = await Promise.all([
        changeConversation(world, caller, conversationId, { assigneeId: owner.agentId }),
        codeOf(world.answer(agent, { conversationId })),
        codeOf(world.answer(owner, { conversationId })),
      ])
      // The append may have come first; afterwards it is refused for certain.
      expect(['done', 'not_found conversationId']).toContain(code)
      expect(await codeOf(world.answer(agent, { conversationId }))).toBe('not_found conversationId')
      expect(await codeOf(world.answer(owner, { conversationId }))).toBe('done')
    })

    test('of an agent to a conversation of another project is refused', async () => {
      const elsewhere = await world.visitor(await world.project())
      const { conversationId } = await world.write(elsewhere)
      const owner = await world.member('owner')
      expect(await codeOf(world.answer(owner, { conversationId }))).toBe('not_found conversationId')
    })

    test('of a visitor brings back what was resolved or snoozed; an agent’s does not', async () => {
      const { conversationId } = await world.write(visitor)
      const stateNow = async () =>
        (await world.database.read.selectFrom('conversations').select('state').executeTakeFirstOrThrow()).state
      for (const state of ['resolved', 'snoozed'] as const) {
        await world.database.transaction((tx) => tx.query.updateTable('conversations').set({ state }).execute())
        await world.answer(agent, { conversationId })
        expect(await stateNow()).toBe(state)
        await world.write(visitor, { conversationId })
        expect(await stateNow()).toBe('open')
      }
    })

    test('[DL3] of a visitor who opens it again stands below the line that says so; of a snooze he never knew', async () => {
      const { conversationId } = await world.write(visitor)
      const write = () => world.write(visitor, { conversationId })
      for (const state of ['resolved', 'snoozed'] as const) {
        await world.database.transaction((tx) => tx.query.updateTable('conversations').set({ state }).execute())
        await Promise.all([write(), write()])
      }
      const stored = await world.stored()
      expect(stored.map(({ kind, seq }) => [kind, seq])).toEqual([
        ['text', 1],
        ['system', 2],
        ...[3, 4, 5, 6].map((seq) => ['text', seq]),
      ])
      expect(stored[1]?.attributes).toContain('CHAT_REOPENED')
      const numbers = world.published.map(({ number }) => number)
      expect(numbers).toEqual(upTo(numbers.length).map((place) => (numbers[0] ?? 0) + place - 1))
      expect(world.published).toContainEqual(
        expect.objectContaining({ kind: 'message', number: stored[1]?.change_number }),
      )
    })

    test('[VS9] carries how its author was verified when he wrote it, or nothing', async () => {
      const verification = { keyId: crypto.randomUUID(), issuedAt: 1000, verifiedAt: 2000 }
      const anonymous = await world.write(visitor)
      const verified = await world.write({ ...visitor, verification }, { conversationId: anonymous.conversationId })
      const reply = await world.answer(agent, { conversationId: anonymous.conversationId })
      expect([anonymous, verified, reply].map((message) => message.verification)).toEqual([null, verification, null])
    })
  })
}

import { beforeEach, describe, expect, test } from 'vitest'
import { listDepartments } from '../../model/agent/department.ts'
import { changeDepartment, createDepartment, deleteDepartment } from '../../model/agent/department-change.ts'
import { findMember } from '../../model/agent/membership.ts'
import type { AgentCaller, Member, VisitorCaller } from '../../model/caller.ts'
import { changesSince, type Missed, messagesOf, type Reader } from '../../model/changes-since.ts'
import { changeConversation, closeConversation, rateConversation } from '../../model/conversation/conversation.ts'
import { listConversations } from '../../model/conversation/list.ts'
import { ReplyTimes } from '../../model/conversation/reply-times.ts'
import { codeOf, type OpenDatabase, World } from './world.ts'

const address = '::1'

/** Departments, who sees what because of them, and what a visitor says of a conversation when it is over. */
export function departmentsContract(open: OpenDatabase): void {
  describe('departments', () => {
    let world: World
    let visitor: VisitorCaller
    let owner: Member
    let agent: Member
    let departmentId: string

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      visitor = await world.visitor()
      owner = await world.member('owner')
      agent = await world.member('agent')
      departmentId = (await createDepartment(world, owner, { name: 'Orders', legacyId: 'old-7' }, address)).id
      return () => opened.close()
    })

    const callerOf = ({ agentId }: Member): AgentCaller => ({
      kind: 'agent',
      sessionId: 's',
      agentId,
      name: 'A',
      email: 'a',
      expiresAt: 0,
    })
    const change = (id: string, changes: Parameters<typeof changeConversation>[3]) =>
      changeConversation(world, callerOf(owner), id, changes)
    const setMembers = (...members: Member[]) =>
      changeDepartment(world, owner, departmentId, { agentIds: members.map(({ agentId }) => agentId) }, address)
    const now = async (member: Member) => (await findMember(world, world.projectId, member.agentId)) ?? member
    const asAgent = (member: Member): Reader => ({ kind: 'agent', member })
    const missedBy = (reader: Reader, since: number) => changesSince(world, world.projectId, reader, since)
    const listed = async (member: Member) => {
      const reader = asAgent(await now(member))
      const { records } = await listConversations(world, world.projectId, reader, { limit: 50 })
      return records.map(({ facts }) => facts.id)
    }
    const shapes = (read: { missed: Missed[] } | 'anew') =>
      read === 'anew' ? read : read.missed.filter(({ kind }) => kind !== 'message').map(({ kind }) => kind)
    const assigned = async (inIt: boolean) => {
      const { conversationId } = await world.write(visitor, { text: 'first' })
      await change(conversationId, { assigneeId: owner.agentId, ...(inIt && { departmentId }) })
      return conversationId
    }

    test('[AG7] an agent sees what others have in his departments, and nothing else of theirs', async () => {
      const [theirs, ours] = [await assigned(false), await assigned(true)]
      expect(await listed(agent)).toEqual([])
      await setMembers(agent)
      expect(await listed(agent)).toEqual([ours])
      expect((await listed(owner)).toSorted()).toEqual([theirs, ours].toSorted())
    })

    test('[AG7][DL4] who was away sees a conversation come with its department, and go with it', async () => {
      await setMembers(agent)
      const id = await assigned(false)
      let since = await world.changeNumber()
      await change(id, { departmentId })
      const gained = await missedBy(asAgent(await now(agent)), since)
      expect(shapes(gained)).toEqual(['conversation'])
      const messages = gained === 'anew' ? [] : await Promise.all(gained.missed.map(messagesOf))
      expect(messages.flat().map(({ text }) => text)).toEqual(['first', expect.stringContaining('joined')])
      since = await world.changeNumber()
      await change(id, { departmentId: null })
      expect(shapes(await missedBy(asAgent(await now(agent)), since))).toEqual(['gone'])
    })

    test('[AG7][DL4] who has joined a department, left it, or lost it while he was away begins anew', async () => {
      await assigned(true)
      for (const act of [
        () => setMembers(agent),
        () => setMembers(),
        () => setMembers(agent),
        () => deleteDepartment(world, owner, departmentId, address),
      ]) {
        const [before, since] = [await now(agent), await world.changeNumber()]
        await act()
        expect(await missedBy(asAgent(await now(agent)), since)).toBe('anew')
        // Nor does a node that has not heard of it yet go on with what he was.
        expect(await missedBy(asAgent(before), since)).toBe('anew')
      }
      expect(await listed(agent)).toEqual([])
    })

    test('[AG7] a deleted department leaves its conversations without one, for everybody', async () => {
      const id = await assigned(true)
      const since = await world.changeNumber()
      await deleteDepartment(world, owner, departmentId, address)
      expect(await listDepartments(world, world.projectId)).toEqual([])
      for (const reader of [asAgent(owner), { kind: 'visitor' as const, caller: visitor }]) {
        const read = await missedBy(reader, since)
        const [only] = read === 'anew' ? [] : read.missed
        expect(only?.kind === 'conversation' && only.record).toMatchObject({
          facts: { id, departmentId: null },
          visitorView: { department: null },
        })
      }
    })

    test('a visitor begins a conversation in a department, by either id; an unknown one loses no message', async () => {
      const other = await world.project()
      const [elsewhere] = [await createDepartment(world, { ...owner, projectId: other }, { name: 'X' }, address)]
      const departments: (string | null)[] = []
      for (const named of [departmentId, 'old-7', 'nobody knows it', elsewhere.id, undefined]) {
        const { conversationId, text } = await world.write(visitor, { departmentId: named, text: 'kept' })
        expect(text).toBe('kept')
        departments.push((await change(conversationId, {})).agentView.department?.id ?? null)
      }
      expect(departments).toEqual([departmentId, departmentId, null, null, null])
    })

    test('[DL3] lines that say what happened are numbered as messages are, and nobody has them unread', async () => {
      const { conversationId } = await world.write(visitor, { text: 'first' })
      await world.database.transaction((tx) =>
        tx.rows('update conversations set agent_read_seq = 1, visitor_read_seq = 1 where id = ?', [conversationId]),
      )
      await change(conversationId, { assigneeId: agent.agentId })
      await change(conversationId, { assigneeId: agent.agentId, tags: ['a'] })
      await closeConversation(world, visitor, conversationId)
      await closeConversation(world, visitor, conversationId)
      const { agentView: after } = await change(conversationId, { state: 'open', assigneeId: owner.agentId })
      const lines = (await world.stored()).filter(({ kind }) => kind === 'system')
      const keys = lines.map(({ attributes }) => JSON.parse(attributes).messagelabel.key)
      expect(keys).toEqual(['MEMBER_JOINED_GROUP', 'CHAT_CLOSED', 'MEMBER_JOINED_GROUP', 'CHAT_REOPENED'])
      expect(lines.map(({ seq }) => seq)).toEqual([2, 3, 4, 5])
      expect(after).toMatchObject({ lastSeq: 5, agentReadSeq: 5, visitorReadSeq: 5, lastMessage: { text: 'first' } })
      expect((await world.write(visitor, { conversationId })).seq).toBe(6)
      const numbers = world.published.map(({ number }) => number)
      expect(numbers).toEqual(numbers.map((_, index) => index + (numbers[0] ?? 0)))
    })

    test('a closed conversation is rated by its visitor, again and again, and no other', async () => {
      const { conversationId: id } = await world.write(visitor, { text: 'first' })
      const rate = (stars: number, caller = visitor) => rateConversation(world, caller, id, { stars, comment: ' ok ' })
      expect(await codeOf(rate(5))).toBe('not_closed')
      await closeConversation(world, visitor, id)
      expect(await codeOf(rate(5, await world.visitor()))).toBe('not_found conversation')
      const since = await world.changeNumber()
      expect((await rate(2)).rating).toMatchObject({ stars: 2, comment: 'ok' })
      expect((await rate(5)).rating?.stars).toBe(5)
      expect(await world.changeNumber()).toBe(since + 2)
      expect(shapes(await missedBy(asAgent(owner), since))).toEqual(['conversation'])
    })

    test('a first answer takes as long as the middle one of those of the last days', async () => {
      const times = new ReplyTimes(world)
      for (const seconds of [10, 30, 300]) {
        const { conversationId } = await world.write(visitor)
        expect(await new ReplyTimes(world).seconds(world.projectId)).toBe(null)
        world.clock.advance(seconds * 1_000)
        await world.answer(agent, { conversationId, kind: 'note' })
        await world.answer(agent, { conversationId })
        await world.answer(agent, { conversationId })
      }
      expect(await times.seconds(world.projectId)).toBe(30)
      world.clock.advance(8 * 86_400_000)
      expect(await times.seconds(world.projectId)).toBe(null)
    })
  })
}

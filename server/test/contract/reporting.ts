import { beforeEach, describe, expect, test } from 'vitest'
import type { Member, VisitorCaller } from '../../model/caller.ts'
import { changeConversation, rateConversation } from '../../model/conversation/conversation.ts'
import { newId } from '../../model/id.ts'
import { makeReport } from '../../model/report/report.ts'
import { day, hour, minute } from '../clock.ts'
import { codeOf, type OpenDatabase, upTo, World } from './world.ts'

const none = { opened: 0, resolved: 0, visitorMessages: 0, agentMessages: 0 }

/** What a team did is counted as it happened, on the days of who asks. */
export function reportingContract(open: OpenDatabase): void {
  describe('a report', () => {
    let world: World
    let owner: Member
    let someone: VisitorCaller

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      world.clock.ms = Date.parse('2026-03-02T10:00:00Z')
      owner = { agentId: world.ownerId, projectId: world.projectId, role: 'owner', departmentIds: [] }
      someone = await world.visitor()
      return () => opened.close()
    })

    const report = (from: string, to: string, timeZone?: string) => makeReport(world, owner, { from, to, timeZone })
    const agentCaller = () => ({
      kind: 'agent' as const,
      ...owner,
      sessionId: '',
      name: 'Ada',
      email: '',
      expiresAt: 1e15,
    })
    const change = (id: string, state: 'open' | 'resolved') => changeConversation(world, agentCaller(), id, { state })

    test('[HT5] counts what was opened, answered, resolved and rated, and how long it took', async () => {
      const verified = { ...someone, verification: { keyId: 'a-key', issuedAt: 1, verifiedAt: 2 } }
      const { conversationId: first } = await world.write(verified)
      world.clock.advance(4 * minute)
      await world.answer(owner, { conversationId: first })
      await world.answer(owner, { conversationId: first, kind: 'note', text: 'a note counts for nothing' })
      const { conversationId: second } = await world.write(await world.visitor())
      world.clock.advance(10 * minute)
      await world.answer(owner, { conversationId: second })
      world.clock.advance(hour)
      await change(first, 'resolved')
      await rateConversation(world, verified, first, { stars: 4 })
      world.clock.advance(day)
      await world.write(verified, { conversationId: first, text: 'once more' })
      world.clock.advance(30 * minute)
      await change(first, 'resolved')
      const whole = await report('2026-03-01', '2026-03-03')
      expect(whole.days).toEqual([
        { day: '2026-03-01', ...none },
        { day: '2026-03-02', opened: 2, resolved: 1, visitorMessages: 2, agentMessages: 2 },
        { day: '2026-03-03', ...none, resolved: 1, visitorMessages: 1 },
      ])
      const firstReply = { count: 2, medianMs: 4 * minute, ninthMs: 10 * minute }
      const resolution = { count: 2, medianMs: 30 * minute, ninthMs: 74 * minute }
      expect(whole.total).toEqual({
        ...{ opened: 2, verified: 1, resolved: 2, visitorMessages: 3, agentMessages: 2, botMessages: 0 },
        ...{ firstReply, resolution, stars: [0, 0, 0, 1, 0] },
      })
      // Nobody has them assigned: what he wrote is his, and nothing else.
      expect(whole.agents).toMatchObject([{ id: owner.agentId, name: 'Ada', agentMessages: 2, opened: 0, firstReply }])
      expect(whole.departments).toMatchObject([{ id: null, name: null, opened: 2, resolution }])
      const { total } = await report('2026-03-03', '2026-03-03')
      expect(total).toMatchObject({ opened: 0, resolved: 1, firstReply: null, stars: [0, 0, 0, 0, 0] })
    })

    test('[HT5] counts bots apart: what they write is no reply of those who answer', async () => {
      const { conversationId } = await world.write(someone)
      const bot = { kind: 'api key' as const, id: newId(), name: 'Bot', projectId: world.projectId, scopes: [] }
      world.clock.advance(minute)
      await world.answer({ ...bot, scopes: ['conversations:write'] }, { conversationId })
      world.clock.advance(9 * minute)
      const day = '2026-03-02'
      const before = await report(day, day)
      expect(before.total).toMatchObject({ visitorMessages: 1, agentMessages: 0, botMessages: 1, firstReply: null })
      expect(before.agents).toEqual([])
      await world.answer(owner, { conversationId })
      const { total, agents, departments } = await report(day, day)
      const firstReply = { count: 1, medianMs: 10 * minute, ninthMs: 10 * minute }
      expect(total).toMatchObject({ agentMessages: 1, botMessages: 1, firstReply })
      expect(agents).toMatchObject([{ id: owner.agentId, agentMessages: 1, botMessages: 0, firstReply }])
      expect(departments).toMatchObject([{ botMessages: 1, firstReply }])
    })

    test('[HT5] has the days of who asks', async () => {
      world.clock.ms = Date.parse('2026-03-02T23:30:00Z')
      await world.write(someone)
      const opened = async (timeZone?: string) =>
        (await report('2026-03-02', '2026-03-03', timeZone)).days.map((one) => one.opened)
      expect(await opened()).toEqual([1, 0])
      expect(await opened('Europe/Rome')).toEqual([0, 1])
      expect(await opened('America/Los_Angeles')).toEqual([1, 0])
      expect(await opened('Pacific/Kiritimati')).toEqual([0, 1])
    })

    test('[HT5] misses nothing where it is read in parts', async () => {
      for (const _ of upTo(230)) void world.write(someone)
      await world.write(someone)
      const { total } = await report('2026-03-02', '2026-03-02')
      expect(total).toMatchObject({ opened: 231, visitorMessages: 231 })
    })

    test('[AG7] is for owners and admins, of days that there are', async () => {
      const asked = { from: '2026-03-01', to: '2026-03-02' }
      for (const [who, code] of [
        ['owner', 'done'],
        ['admin', 'done'],
        ['agent', 'forbidden'],
      ] as const) {
        expect(await codeOf(makeReport(world, { ...owner, role: who }, asked))).toBe(code)
      }
      const key = { kind: 'api key' as const, id: newId(), name: 'Figures', projectId: world.projectId }
      expect(await codeOf(makeReport(world, { ...key, scopes: ['reports:read'] }, asked))).toBe('done')
      expect(await codeOf(makeReport(world, { ...key, scopes: ['conversations:read'] }, asked))).toBe('forbidden')
      const refused = (from: string, to: string, timeZone?: string) => codeOf(report(from, to, timeZone))
      expect(await refused('2026-03-02', '2026-03-01')).toBe('invalid_request to')
      expect(await refused('2026-02-01', '2026-02-30')).toBe('invalid_request to')
      expect(await refused('2025-02-01', '2026-03-01')).toBe('invalid_request to')
      expect(await refused('2025-03-02', '2026-03-01')).toBe('done')
      expect(await refused('2026-03-01', '2026-03-01', 'Europe/Atlantis')).toBe('time_zone_unknown timeZone')
    })
  })
}

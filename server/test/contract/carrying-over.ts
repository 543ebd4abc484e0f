import { beforeEach, describe, expect, test } from 'vitest'
import type { VisitorCaller } from '../../model/caller.ts'
import { changesSince, messagesOf } from '../../model/changes-since.ts'
import { newId } from '../../model/id.ts'
import { answerCarryOver } from '../../model/sign-in/carry-over.ts'
import { openSessions } from '../../model/visitor/open-session.ts'
import { codeOf, type OpenDatabase, strangerCaller, upTo, World } from './world.ts'

/** What was written before the sign-in moves into the account (VS7). */
export function carryingOverContract(open: OpenDatabase): void {
  describe('what moves into an account', () => {
    let world: World
    let before: VisitorCaller
    let after: VisitorCaller

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      before = await world.visitor()
      after = await signedIn('customer-1')
      return () => opened.close()
    })

    /** A person with a session that is offered what `before` wrote. */
    async function signedIn(externalId: string): Promise<VisitorCaller> {
      const { projectId, now } = world
      const row = { id: newId(), project_id: projectId, external_id: externalId, attributes: '{}' }
      const times = { created_at: now(), last_seen_at: now() }
      const verification = { keyId: newId(), issuedAt: now(), verifiedAt: now() }
      const id = await world.database.transaction(async (tx) => {
        await tx.query
          .insertInto('visitors')
          .values({ ...row, ...times })
          .execute()
        const session = { projectId, visitorId: row.id, verification, expiresAt: now() + 1_000_000 }
        const [opened] = await openSessions(tx, now(), [{ ...session, carryOverFrom: before.visitorId }])
        return opened?.id ?? ''
      })
      return { ...strangerCaller(projectId, row.id), sessionId: id, verification }
    }

    const keep = (caller = after) => answerCarryOver(world, caller, true)
    const owners = async () => {
      const rows = await world.database.rows<{ visitor_id: string }>('select visitor_id from conversations', [])
      return rows.map((row) => row.visitor_id)
    }
    const numbers = () => world.published.map((change) => change.number)

    test('[VS7] keeps author, verification, order and numbers of every message', async () => {
      const { conversationId } = await world.write(before, { text: 'first' })
      await world.write(before, { conversationId, text: 'second' })
      const stored = await world.stored()
      expect(await keep()).toEqual({ conversations: 1, unread: 0 })
      expect(await world.stored()).toEqual(stored)
      expect(await owners()).toEqual([after.visitorId])
    })

    test('[VS7][DL4] is one numbered change each, with who could see it before and all that it holds', async () => {
      const { conversationId } = await world.write(before, { text: 'first' })
      await world.write(before)
      const since = await world.changeNumber()
      await keep()
      const moved = world.published.filter(({ number }) => number > since)
      expect(moved.map(({ number }) => number)).toEqual([since + 1, since + 2])
      expect(
        moved.find((change) => change.kind === 'conversation' && change.facts.id === conversationId),
      ).toMatchObject({
        facts: { visitorId: after.visitorId },
        before: { visitorId: before.visitorId },
        messages: [{ text: 'first' }],
        agentsOnly: false,
      })
    })

    test('[VS7] moves once, however many answers come at the same moment, and the numbers have no hole', async () => {
      await Promise.all(upTo(3).map(() => world.write(before)))
      const rival = await signedIn('customer-2')
      const answers = await Promise.all([keep(), keep(rival), keep(), keep(rival)])
      const [winner] = await owners()
      expect(await owners()).toEqual(Array(3).fill(winner))
      expect(answers.map(({ conversations }) => conversations).toSorted()).toEqual([0, 0, 3, 3])
      expect(numbers()).toEqual(upTo(await world.changeNumber()))
    })

    test('[VS7] moves every conversation, however many, and tells of all of them', async () => {
      for (const _ of upTo(30)) await world.write(before)
      const since = await world.changeNumber()
      expect((await keep()).conversations).toBe(30)
      expect(new Set(await owners())).toEqual(new Set([after.visitorId]))
      const read = await changesSince(world, world.projectId, { kind: 'visitor', caller: after }, since)
      if (read === 'anew') throw new Error('too many')
      expect(read.missed).toHaveLength(30)
      const counts = await Promise.all(read.missed.map(async (one) => (await messagesOf(one)).length))
      expect(counts).toEqual(Array(30).fill(1))
      expect(numbers().toSorted((one, other) => one - other)).toEqual(upTo(await world.changeNumber()))
    })

    test('[VS7] a message that crosses the move is in the account, or refused', async () => {
      const { conversationId } = await world.write(before)
      const crossing = upTo(10).map((index) => codeOf(world.write(before, { conversationId, text: `${index}` })))
      const [codes] = await Promise.all([Promise.all(crossing), keep()])
      expect(new Set(codes).difference(new Set(['done', 'not_found conversationId']))).toEqual(new Set())
      expect(await owners()).toEqual([after.visitorId])
      expect((await world.stored()).length).toBe(1 + codes.filter((code) => code === 'done').length)
    })

    test('[DL4] goes on from every number without a gap or a repeat, for whom it came to', async () => {
      const { conversationId } = await world.write(before, { text: '1' })
      await world.write(before, { conversationId, text: '2' })
      await keep()
      await world.write(after, { conversationId, text: '3' })
      for (const since of [0, ...upTo(await world.changeNumber())]) {
        const read = await changesSince(world, world.projectId, { kind: 'visitor', caller: after }, since)
        if (read === 'anew') throw new Error('too many')
        const texts = (await Promise.all(read.missed.map(messagesOf))).flat().map(({ text }) => text)
        // Begun at 1 with a message each at 2 and 3, it came at 4, with the third message at 5.
        expect(texts).toEqual(since < 4 ? ['1', '2', '3'] : since < 5 ? ['3'] : [])
      }
    })

    test('[DL1] is given back to its author and to whoever has it now', async () => {
      const clientId = crypto.randomUUID()
      const { id } = await world.write(before, { clientId })
      expect(await codeOf(world.write(after, { clientId }))).toBe('client_id_conflict clientId')
      await keep()
      expect([(await world.write(after, { clientId })).id, (await world.write(before, { clientId })).id]).toEqual([
        id,
        id,
      ])
      expect(await codeOf(world.write(await world.visitor(), { clientId }))).toBe('client_id_conflict clientId')
    })
  })
}

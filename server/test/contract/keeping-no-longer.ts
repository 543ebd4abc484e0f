import { beforeEach, describe, expect, test } from 'vitest'
import { Housekeeping } from '../../model/housekeeping.ts'
import { countRested } from '../../model/privacy/retention.ts'
import { shortAddress } from '../../model/privacy/shorten-addresses.ts'
import { openSessions } from '../../model/visitor/open-session.ts'
import { day } from '../clock.ts'
import { type OpenDatabase, World } from './world.ts'

/** What is kept for a while, and then not (HT6). */
export function keepingContract(open: OpenDatabase): void {
  describe('what is kept no longer', () => {
    let world: World

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      return () => opened.close()
    })

    async function pass(days: number) {
      world.clock.advance(days * day)
      const housekeeping = new Housekeeping(world)
      await housekeeping.turn()
      await housekeeping.stop()
    }
    const set = (sql: string, values: (string | number)[]) => world.database.transaction((tx) => tx.rows(sql, values))
    const ids = async (table: string) => {
      const rows = await world.database.rows<{ id: string }>(`select id from ${table} order by id`, [])
      return rows.map(({ id }) => id)
    }
    async function session(visitorId: string, days: number, address?: string) {
      const opening = { projectId: world.projectId, visitorId, verification: null, address }
      const expiresAt = world.now() + days * day
      return world.database.transaction(async (tx) => {
        const [opened] = await openSessions(tx, world.now(), [{ ...opening, expiresAt }])
        return opened?.id ?? ''
      })
    }

    test('[HT6] what has rested for so many days goes, with a numbered gone, and nothing else', async () => {
      const [person, nobody] = [await world.visitor(), await world.visitor()]
      await set('update visitors set external_id = ? where id = ?', ['a', person.visitorId])
      await session(person.visitorId, 365)
      const old = await world.write(person)
      await world.write(nobody)
      await pass(20)
      const { conversationId: young } = await world.write(person)
      await pass(11)
      expect(await ids('conversations')).toHaveLength(3)
      // Asked before it is decided.
      const rested = [11, 12, 31, 32].map((days) => countRested(world, world.projectId, days))
      expect(await Promise.all(rested)).toEqual([3, 2, 2, 0])
      await set('update projects set retention_days = 30 where id = ?', [world.projectId])
      const since = await world.changeNumber()
      await pass(0)
      expect(await ids('conversations')).toEqual([young])
      expect((await world.stored()).map((row) => row.conversation_id)).toEqual([young])
      expect(await ids('visitors')).toEqual([person.visitorId])
      const gone = world.published.filter(({ number }) => number > since)
      expect(gone.map(({ number }) => number)).toEqual([since + 1, since + 2])
      expect(gone).toContainEqual(expect.objectContaining({ kind: 'many', audience: { visitorId: person.visitorId } }))
      const kept = await world.database.rows('select * from erased_conversations order by change_number', [])
      expect(kept).toContainEqual(
        expect.objectContaining({ conversation_id: old.conversationId, visitor_id: person.visitorId }),
      )
      expect(kept).toContainEqual(expect.objectContaining({ visitor_id: null }))
    })

    test('[HT6] a person of whom nothing is left goes, too, where nothing is kept for ever', async () => {
      const person = await world.visitor()
      await set('update visitors set external_id = ? where id = ?', ['a', person.visitorId])
      await session(person.visitorId, 1)
      await world.write(person)
      await set('update projects set retention_days = 30 where id = ?', [world.projectId])
      await pass(40)
      expect(await ids('visitors')).toEqual([person.visitorId])
      await pass(60)
      expect(await ids('visitors')).toEqual([])
    })

    test('[HT6] sessions go 90 days after their end, and with them who was nobody in particular', async () => {
      const [empty, banned, writer, known] = [
        await world.visitor(),
        await world.visitor(),
        await world.visitor(),
        await world.visitor(),
      ]
      for (const { visitorId } of [empty, banned, writer, known]) await session(visitorId, 1)
      const ended = await session(known.visitorId, 1_000)
      const open = await session(known.visitorId, 1_000)
      await set('update visitor_sessions set ended_at = ? where id = ?', [world.now(), ended])
      await set('update visitors set external_id = ? where id = ?', ['a', known.visitorId])
      await world.write(writer)
      await set('insert into bans (id, project_id, visitor_id, created_at) values (?, ?, ?, 1)', [
        'a-ban',
        world.projectId,
        banned.visitorId,
      ])
      await pass(90)
      expect(await ids('visitor_sessions')).toHaveLength(5)
      await pass(2)
      expect(await ids('visitor_sessions')).toEqual([open])
      expect(await ids('visitors')).toEqual([banned, writer, known].map(({ visitorId }) => visitorId).toSorted())
    })

    test('[HT6] addresses are shortened after 30 days, once', async () => {
      const { visitorId } = await world.visitor()
      await session(visitorId, 365, '203.0.113.77')
      await set(
        `insert into audit_log (id, project_id, action, detail, address, created_at) values ('x', ?, 'y', '{}', ?, ?)`,
        [world.projectId, '2001:db8:1:2::3', world.now()],
      )
      const addresses = async () => {
        const log = await world.database.rows<{ address: string }>('select address from audit_log', [])
        const sessions = await world.database.rows<{ address: string }>('select address from visitor_sessions', [])
        return [...log, ...sessions].map(({ address }) => address)
      }
      await pass(29)
      expect(await addresses()).toEqual(['2001:db8:1:2::3', '203.0.113.77'])
      await pass(1)
      expect(await addresses()).toEqual(['2001:db8:1::/48', '203.0.113.0/24'])
      await pass(1)
      expect(await addresses()).toEqual(['2001:db8:1::/48', '203.0.113.0/24'])
    })

    test.each([
      ['203.0.113.77', '203.0.113.0/24'],
      ['::ffff:203.0.113.77', '203.0.113.0/24'],
      ['2001:db8:a:b::/64', '2001:db8:a::/48'],
      ['2001:db8::1', '2001:db8:0::/48'],
      ['::1', '0:0:0::/48'],
      ['elsewhere', ''],
    ])('[HT6] %s becomes %s', (address, short) => {
      expect(shortAddress(address)).toBe(short)
    })
  })
}

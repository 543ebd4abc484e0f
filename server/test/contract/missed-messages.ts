import { beforeEach, describe, expect, test } from 'vitest'
import { MasterKey } from '../../keys/master-key.ts'
import type { Member, VisitorCaller } from '../../model/caller.ts'
import { markRead } from '../../model/conversation/read-mark.ts'
import { mailMissed, refuseMails } from '../../model/mail/missed.ts'
import { hour, minute } from '../clock.ts'
import { type OpenDatabase, upTo, World } from './world.ts'

/** One mail for one absence, to who is verified and wants it (ML4). */
export function missedMessagesContract(open: OpenDatabase): void {
  describe('a mail with what somebody missed', () => {
    let world: World
    let agent: Member
    let visitor: VisitorCaller
    let conversationId: string

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      agent = await world.member('owner')
      visitor = await world.visitor()
      await set('update projects set site_url = ?', 'https://shop.example/account?tab=1')
      await set('update visitors set external_id = id, email = ?', 'grace@example.com')
      conversationId = (await world.write(visitor)).conversationId
      return () => opened.close()
    })

    const set = (sql: string, value: string | number | null) =>
      world.database.transaction((tx) => tx.rows(sql, [value]))
    const model = () => ({ ...world, masterKey: new MasterKey([new Uint8Array(32)]) })
    const look = () => mailMissed(model(), { publicUrl: () => 'https://chat.example' })
    const answer = (text = 'It is on its way') => world.answer(agent, { conversationId, text })
    const read = (seq: number) => {
      return markRead(world, world.projectId, { kind: 'visitor', caller: visitor }, conversationId, seq)
    }
    async function mails() {
      const { masterKey } = model()
      const rows = await world.database.rows<{ id: string; sealed: string }>('select * from outbox order by id', [])
      return rows.map(({ id, sealed }) => JSON.parse(masterKey.unseal(sealed, `mail:${id}`) ?? '{}'))
    }

    test('[ML4] goes after ten unread minutes, once, with the way back to the conversation', async () => {
      await answer('<b>It is on its way</b>')
      world.clock.advance(10 * minute - 1)
      expect(await look()).toBe(0)
      world.clock.advance(1)
      await answer('Anything else?')
      expect(await look()).toBe(1)
      const [mail] = await mails()
      expect(mail).toMatchObject({ to: 'grace@example.com', subject: 'New messages from Shop' })
      expect(mail.text).toContain('Ada: <b>It is on its way</b>')
      expect(mail.text).toContain('Ada: Anything else?')
      expect(mail.html).not.toContain('<b>')
      expect(mail.text).toContain(`https://shop.example/account?tab=1&tiledesk_conversation=${conversationId}`)
      expect(mail.unsubscribe).toMatch(/^https:\/\/chat\.example\/unsubscribe\/[\w-]{32}$/)
    })

    test('[ML4][AT7] names the files of an answer', async () => {
      await answer()
      const file = { ...{ id: '', type: 'text/plain', bytes: 1 }, width: null, height: null, thumbnail: false }
      const files = [
        { ...file, name: 'plan.pdf' },
        { ...file, name: 'b.txt' },
      ]
      await set("update messages set text = '', attachments = ? where author_kind = 'agent'", JSON.stringify(files))
      world.clock.advance(10 * minute)
      await look()
      const [mail] = await mails()
      expect(mail.text).toContain('Ada: [plan.pdf] [b.txt]')
    })

    test('[ML4] never twice for one absence, whatever is written and wherever; again for the next', async () => {
      await answer()
      const other = (await world.write(visitor)).conversationId
      world.clock.advance(10 * minute)
      expect(await look()).toBe(1)
      world.clock.advance(1)
      await answer('Are you there?')
      await world.answer(agent, { conversationId: other })
      world.clock.advance(hour)
      expect(await look()).toBe(0)
      // He reads one of them, and was here; what he had been mailed of is no news.
      await read(2)
      expect(await look()).toBe(1)
      expect(await look()).toBe(0)
      const [first, second] = await mails()
      expect(first.text).toContain('It is on its way')
      expect(second.text).not.toContain('It is on its way')
      expect(second.text).toContain('Are you there?')
    })

    test('[ML4] what he has read is not missed, and of nodes that look at once one sends', async () => {
      await answer()
      await read(2)
      world.clock.advance(10 * minute)
      expect(await look()).toBe(0)
      await answer()
      world.clock.advance(10 * minute)
      const sent = await Promise.all(upTo(5).map(look))
      expect(sent.toSorted()).toEqual([0, 0, 0, 0, 1])
    })

    test('[ML4] nobody gets one who has proved nothing, is banned, or wants none; nor where the site is not known', async () => {
      await answer()
      world.clock.advance(10 * minute)
      for (const [column, value] of [
        ['external_id', null],
        ['email', null],
        ['banned_at', 1],
        ['mail_refused_at', 1],
      ] as const) {
        const [before] = await world.database.rows<Record<string, string | null>>('select * from visitors', [])
        await set(`update visitors set ${column} = ?`, value)
        expect([column, await look()]).toEqual([column, 0])
        await set(`update visitors set ${column} = ?`, before?.[column] ?? null)
      }
      await set('update projects set site_url = ?', null)
      expect(await look()).toBe(0)
      await set('update projects set site_url = ?', 'https://shop.example/')
      expect(await look()).toBe(1)
    })

    test('[ML5] a click ends them for good', async () => {
      await answer()
      world.clock.advance(10 * minute)
      await look()
      const [mail] = await mails()
      const token = mail.unsubscribe.split('/').at(-1)
      expect([await refuseMails(world, 'x'.repeat(32)), await refuseMails(world, token)]).toEqual([false, true])
      await read(2)
      await answer()
      world.clock.advance(hour)
      expect(await look()).toBe(0)
    })
  })
}

import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../../protocol/records.ts'
import type { Member, VisitorCaller } from '../../model/caller.ts'
import { Housekeeping } from '../../model/housekeeping.ts'
import { eraseVisitor } from '../../model/privacy/erasure.ts'
import { Search } from '../../model/search/search.ts'
import { day } from '../clock.ts'
import { codeOf, type OpenDatabase, upTo, World } from './world.ts'

const written = [
  { text: 'مَتَى سيصل طلبي رقم 1843؟', found: ['متى سيصل', 'طلبي', 'طلب', '1843', 'مَتى'], notFound: ['صل', 'طلبك'] },
  {
    text: 'Perché no? È così, l’università è là',
    found: ['perche', 'PERCHÉ', 'cosi', 'universita', 'l universita', 'la'],
    notFound: ['erche'],
  },
  { text: 'नमस्ते, मेरा ऑर्डर कहाँ है?', found: ['नमस्ते', 'मेरा ऑर्डर', 'कहाँ'], notFound: ['मस्ते'] },
  { text: 'Где мой заказ №7? Ёлка', found: ['заказ 7', 'ГДЕ', 'елка', 'зак'], notFound: ['аказ'] },
  { text: 'Ｆｕｌｌｗｉｄｔｈ ①②③ ﬁne', found: ['fullwidth', 'fine', '123'], notFound: ['ullwidth'] },
  { text: '주문이 어디에 있나요', found: ['주문', '주문이 어디'], notFound: ['문이'] },
  { text: 'ΟΔΥΣΣΕΥΣ ο βασιλεύς', found: ['οδυσσευς', 'βασιλευσ', 'ΒΑΣΙΛΕΎΣ'], notFound: ['δυσσευς'] },
  { text: 'שָׁלוֹם, איפה ההזמנה שלי', found: ['שלום', 'איפה'], notFound: ['לום'] },
  { text: 'İstanbul ve ISPARTA', found: ['istanbul', 'isparta'], notFound: ['stanbul'] },
  { text: `${'的 '.repeat(300)}的订单 x`, found: ['的订单', '订单', 'x'], notFound: ['单的'] },
  { text: `a b ${'word '.repeat(400)}I a1`, found: ['a', 'b', 'i', 'a1', 'wor word'], notFound: ['o', 'bb'] },
  {
    text: "it's o'clock — don\\t C:\\temp 100%",
    found: ["it's", "o'clock", 'c temp', '100%', 'it s'],
    notFound: ["its'"],
  },
]

/** Found is what was meant, whether the index has it already or not, and by nobody who may not see it. */
export function searchingContract(open: OpenDatabase): void {
  describe('searching', () => {
    let world: World
    let owner: Member
    let search: Search

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      owner = { agentId: world.ownerId, projectId: world.projectId, role: 'owner', departmentIds: [] }
      search = new Search(world)
      return () => opened.close()
    })

    async function find(text: string, more: Partial<Parameters<Search['find']>[0]> = {}) {
      const { state, assigneeId, departmentId, page } = more
      const asked = { projectId: world.projectId, actor: owner, limit: 50, ...more, text, state }
      const found = await search.find({ ...asked, assigneeId, departmentId, page })
      const of = new Map(found.matches.map((match) => [match.conversationId, match.excerpt]))
      return { ...found, excerpts: found.records.map(({ facts }) => of.get(facts.id)?.text) }
    }
    const excerpts = async (text: string, actor: Member = owner) => (await find(text, { actor })).excerpts
    async function write(text: string, by?: VisitorCaller) {
      return world.write(by ?? (await world.visitor()), { text })
    }
    async function rename(caller: VisitorCaller, values: { name?: string; email?: string; external_id?: string }) {
      await world.database.transaction((tx) =>
        tx.query.updateTable('visitors').set(values).where('id', '=', caller.visitorId).execute(),
      )
    }
    /** Once while all of it is only in the table, and once when all of it is in the index. */
    async function bothWays(look: () => Promise<void>) {
      await look()
      await search.catchUp()
      await look()
    }

    /** Does it while somebody has the index catch up between its being told to forget something and the deletion. */
    async function worstMoment(act: () => Promise<void>) {
      const { ask } = world.reads
      const asked: string[] = []
      world.reads.ask = (question, ...rest) => {
        asked.push(question)
        const answer = ask(question, ...rest)
        return question === 'forgetSome' ? answer.finally(() => ask('indexSome', {}, '')) : answer
      }
      await act()
      world.reads.ask = ask
      expect(asked).toContain('forgetSome')
    }

    test('[AG4] finds conversations by what was written, whatever the case, accents and order of the words', async () => {
      await write('Where is my parcel from Zürich?')
      await write('The PARCEL came. Grüße')
      await bothWays(async () => {
        expect(await excerpts('parcel')).toEqual(['The PARCEL came. Grüße', 'Where is my parcel from Zürich?'])
        expect(await excerpts('zurich parc')).toEqual(['Where is my parcel from Zürich?'])
        expect(await excerpts('grusse')).toEqual([])
        expect(await excerpts('GRÜSSE, parcel!')).toEqual([])
        expect(await excerpts('Grüße')).toEqual(['The PARCEL came. Grüße'])
        expect(await excerpts('arcel')).toEqual([])
      })
    })

    test('[AG4] says where in a line of plain text the words stand', async () => {
      const text = `${'well '.repeat(40)}<b>the invoice</b> of\nMay ${'and so on '.repeat(40)}`
      const { id, conversationId } = await write(text)
      await bothWays(async () => {
        const { matches } = await find('may invoice')
        expect(matches).toMatchObject([{ conversationId, messageId: id, kind: 'text', author: { kind: 'visitor' } }])
        const excerpt = matches[0]?.excerpt ?? { text: '', ranges: [] }
        expect(excerpt.text).toMatch(/^…well .*<b>the invoice<\/b> of May and .*…$/)
        expect(excerpt.text.length).toBeLessThan(200)
        expect(excerpt.ranges.map(({ from, to }) => excerpt.text.slice(from, to))).toEqual(['invoice', 'May'])
      })
    })

    test('[AG4] finds words of scripts without spaces', async () => {
      await write('我的订单在哪里？')
      await write('単に 注文をキャンセルしたい')
      await write('สวัสดีครับ ผมต้องการคืนเงิน')
      await bothWays(async () => {
        expect(await excerpts('订单')).toEqual(['我的订单在哪里？'])
        expect(await excerpts('单订')).toEqual([])
        expect(await excerpts('キャンセル')).toEqual(['単に 注文をキャンセルしたい'])
        expect(await excerpts('คืนเงิน')).toEqual(['สวัสดีครับ ผมต้องการคืนเงิน'])
      })
    })

    test('[AG4] finds in every script what was meant, before the index has it and after', async () => {
      const ids = await Promise.all(written.map(async ({ text }) => (await write(text)).conversationId))
      await bothWays(async () => {
        for (const [place, { found, notFound }] of written.entries()) {
          for (const query of [...found, ...notFound]) {
            const isFound = (await find(query)).matches.some((match) => match.conversationId === ids[place])
            expect([query, isFound]).toEqual([query, found.includes(query)])
          }
        }
      })
    })

    test('[AG4] looks for two hundred characters of anything', async () => {
      const { conversationId } = await write(`${'ab '.repeat(67)} and ${'x'.repeat(300)} end`)
      await bothWays(async () => {
        const long = [
          'ab '.repeat(66),
          'x'.repeat(200),
          'a '.repeat(100),
          '" OR '.repeat(40),
          '订'.repeat(200),
          '('.repeat(200),
        ]
        const matches = await Promise.all(long.map(async (text) => (await find(text)).matches.length))
        expect([conversationId, matches]).toEqual([conversationId, [1, 1, 0, 0, 0, 0]])
      })
    })

    test('[AG4] what is typed is text and nothing else', async () => {
      await write('my parcel is lost')
      const alike = ['"parcel', 'parcel"', '-parcel', 'parcel)', '^parcel', 'parcel <-> lost', '!parcel', 'parcel:*']
      const unlike = ['"parcel" OR "found"', 'NOT parcel', 'words:parcel', "' or 1=1 --", 'NEAR(parcel lost, 2)']
      const nothing = ['"', '""', '*', "'", '(', '\\', '%', '_', '{}', ':*', '\u{1f600}', ' ']
      await bothWays(async () => {
        for (const text of alike) expect([text, await excerpts(text)]).toEqual([text, ['my parcel is lost']])
        for (const text of [...unlike, ...nothing]) expect([text, await excerpts(text)]).toEqual([text, []])
      })
    })

    test('[AG4] finds people by any part of name, e-mail or external id, before what they wrote', async () => {
      const ada = await world.visitor()
      await rename(ada, { name: 'Ada Lovelace', email: 'ada@example.org', external_id: 'customer_4711' })
      const { conversationId: hers } = await write('Hello', ada)
      const { conversationId: other } = await write('Ada said so')
      await bothWays(async () => {
        expect((await find('lovel')).records.map(({ facts }) => facts.id)).toEqual([hers])
        expect((await find('ada')).records.map(({ facts }) => facts.id)).toEqual([hers, other])
        expect((await find('ada')).matches.map((match) => match.conversationId)).toEqual([other])
        for (const text of ['@EXAMPLE', '4711', 'r_4'])
          expect([text, await excerpts(text)]).toEqual([text, [undefined]])
        expect(await excerpts('r%4')).toEqual([])
      })
    })

    test('[AG7] an agent finds only what he may see; all who may find notes', async () => {
      const [mine, theirs] = [await world.member('agent'), await world.member('agent')]
      const person = await world.visitor()
      await rename(person, { name: 'Quirinus' })
      const { conversationId } = await write('the parcel', person)
      await world.answer(owner, { conversationId, kind: 'note', text: 'careful, suspicious' })
      const assign = (assignee_id: string | null) =>
        world.database.transaction((tx) =>
          tx.query.updateTable('conversations').set({ assignee_id }).where('id', '=', conversationId).execute(),
        )
      await assign(theirs.agentId)
      await bothWays(async () => {
        for (const text of ['parcel', 'suspicious', 'quirinus']) {
          expect([text, (await find(text, { actor: mine })).records]).toEqual([text, []])
          expect([text, (await find(text, { actor: theirs })).records.length]).toEqual([text, 1])
          expect([text, (await find(text)).records.length]).toEqual([text, 1])
        }
        expect((await find('suspicious')).matches).toMatchObject([{ kind: 'note' }])
      })
      const elsewhere = await world.project()
      expect((await find('parcel', { projectId: elsewhere })).records).toEqual([])
    })

    test('[AG4] keeps to the state, the assignee and the department that are asked for', async () => {
      await write('parcel')
      expect((await find('parcel', { state: 'open', assigneeId: null, departmentId: null })).records).toHaveLength(1)
      expect((await find('parcel', { state: 'resolved' })).records).toEqual([])
      expect((await find('parcel', { assigneeId: owner.agentId })).records).toEqual([])
      expect((await find('parcel', { departmentId: owner.agentId })).records).toEqual([])
    })

    test('[AG4] comes in pages without a gap or a repeat, however often a conversation has the word', async () => {
      const callers = await Promise.all(upTo(5).map(() => world.visitor()))
      const begun: Message[] = []
      for (const caller of callers) {
        world.clock.advance(1_000)
        begun.push(await write('parcel', caller))
      }
      for (const round of upTo(3)) {
        for (const [index, caller] of callers.entries()) {
          world.clock.advance(1_000)
          const conversationId = begun[index]?.conversationId
          await world.write(caller, { text: `parcel ${round}`, ...(conversationId && { conversationId }) })
        }
      }
      for (const [index, caller] of callers.entries()) {
        if (index % 3 === 0) await rename(caller, { name: `Parcel ${index}` })
      }
      await bothWays(async () => {
        const found: string[] = []
        for (let page: string | null | undefined; page !== null; ) {
          const part = await find('parcel', { limit: 2, page: page ?? undefined })
          expect(part.records.length).toBeLessThanOrEqual(2)
          found.push(...part.records.map(({ facts }) => facts.id))
          page = part.nextPage
        }
        const order = [3, 0, 4, 2, 1].map((index) => begun[index]?.conversationId)
        expect(found).toEqual(order)
      })
      expect(await codeOf(find('parcel', { page: 'nowhere' }))).toBe('invalid_request page')
    })

    test('[HT5] a page has 20 conversations at most, whatever is asked for, and the next has the rest', async () => {
      for (let written = 0; written < 22; written++) await write('A kettle')
      const first = await find('kettle', { limit: 200 })
      const second = await find('kettle', { limit: 200, page: first.nextPage ?? '' })
      expect([first.records.length, second.records.length, second.nextPage]).toEqual([20, 2, null])
    })

    test('[HT5] a page reads a long conversation that stood before once, however often it has the word', async () => {
      const person = await world.visitor()
      const { conversationId } = await write('parcel', person)
      for (const round of upTo(5)) await world.write(person, { conversationId, text: `parcel ${round}` })
      const { nextPage } = await find('parcel', { limit: 1 })
      const rows = vi.spyOn(world.database, 'rows')
      const rest = await find('parcel', { limit: 1, page: nextPage ?? undefined })
      const readings = rows.mock.calls.filter(([sql]) =>
        sql.includes('where conversation_id = ? and change_number > ?'),
      )
      rows.mockRestore()
      expect([rest.records, rest.nextPage, readings.length]).toEqual([[], null, 1])
    })

    test('[HT6] what is erased is in the index no more, nor gets in again', async () => {
      const person = await world.visitor()
      const { conversationId } = await write('the secret parcel', person)
      await write('a parcel that stays')
      await search.catchUp()
      await world.write(person, { conversationId, text: 'secret, after the index' })
      await worstMoment(() => eraseVisitor(world, owner, person.visitorId, ''))
      await search.catchUp()
      expect(await excerpts('secret')).toEqual([])
      expect(await excerpts('parcel')).toEqual(['a parcel that stays'])
      expect(await world.indexed('secret')).toEqual([])
      expect(await world.indexed('parcel')).toHaveLength(1)
    })

    test('[HT6] what is kept no longer is in the index no more, nor gets in on its way out', async () => {
      await write('the secret parcel')
      await world.database.transaction((tx) => tx.query.updateTable('projects').set({ retention_days: 1 }).execute())
      world.clock.advance(2 * day)
      await worstMoment(async () => {
        const housekeeping = new Housekeeping(world)
        await housekeeping.turn()
        await housekeeping.stop()
      })
      expect(await world.stored()).toEqual([])
      expect(await world.indexed('secret')).toEqual([])
    })

    test('[HT5] the index takes what there is once, whoever fills it at the same time', async () => {
      for (const index of upTo(3)) await write(`parcel ${index}`)
      await world.project()
      const other = new Search(world)
      await Promise.all([search.catchUp(), other.catchUp(), search.catchUp()])
      expect(await world.indexed('parcel')).toHaveLength(3)
      await write('parcel')
      await Promise.all([search.catchUp(), other.catchUp()])
      expect(await world.indexed('parcel')).toHaveLength(4)
    })
  })
}

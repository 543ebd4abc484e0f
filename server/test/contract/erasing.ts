import { beforeEach, describe, expect, test } from 'vitest'
import type { Project } from '../../../protocol/records.ts'
import type { Member, VisitorCaller } from '../../model/caller.ts'
import { changesSince } from '../../model/changes-since.ts'
import { Housekeeping } from '../../model/housekeeping.ts'
import { erasePerson, eraseVisitor } from '../../model/privacy/erasure.ts'
import { exportVisitor } from '../../model/privacy/visitor-export.ts'
import { countPerson, countVisitor } from '../../model/privacy/visitor-holdings.ts'
import { requireProject } from '../../model/project/project.ts'
import { SignIns, signInAnonymously } from '../../model/sign-in/sign-in.ts'
import { generateSecret } from '../../model/signing-key/shared-secret.ts'
import { banVisitor } from '../../model/visitor/ban.ts'
import { findVisitorCaller } from '../../model/visitor/session.ts'
import { addWebhook } from '../../model/webhook/webhook.ts'
import { day, minute } from '../clock.ts'
import { signToken } from '../token.ts'
import { modelOf } from './signing-in.ts'
import { codeOf, type OpenDatabase, strangerCaller, upTo, World } from './world.ts'

/** Whatever of this stands anywhere is what should have gone. */
const traces = ['Quirinus', 'quirinus@example.org', 'customer-4711', 'the secret text', 'the secret note']

/** Nothing is left of an erased person, and whoever was away hears that his conversations are gone. */
export function erasingContract(open: OpenDatabase): void {
  describe('erasing a person', () => {
    let world: World
    let owner: Member
    let project: Project
    let signIns: SignIns
    let secret: string
    let model: ReturnType<typeof modelOf>

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      model = modelOf(world)
      owner = { agentId: world.ownerId, projectId: world.projectId, role: 'owner', departmentIds: [] }
      secret = (await generateSecret(model, owner, { previous: 'keep' }, '127.0.0.1')).secret
      await model.keys.candidates(world.projectId, world.now())
      project = await requireProject(world, world.projectId)
      signIns = new SignIns(model)
      return () => opened.close()
    })

    const quirinus = { external_id: 'customer-4711', name: 'Quirinus', email: 'quirinus@example.org' }
    const admit = async (claims: object = quirinus, previousSession?: string) => {
      const token = signToken(secret, world.clock, { ...claims })
      const { session } = await signIns.withToken(project, { token, previousSession })
      return callerOf(session)
    }
    async function callerOf(session: string): Promise<VisitorCaller> {
      const caller = await findVisitorCaller(world, session)
      if (!caller) throw new Error('no session')
      return caller
    }
    const erase = (caller: VisitorCaller) => eraseVisitor(world, owner, caller.visitorId, '127.0.0.1')
    const missedBy = async (since: number) => {
      const read = await changesSince(world, world.projectId, { kind: 'agent', member: owner }, since)
      return read === 'anew' ? [read] : read.missed
    }
    const count = async (table: string) => {
      const [row] = await world.database.rows<{ count: number }>(`select count(*) as count from ${table}`, [])
      return Number(row?.count)
    }

    /** Every table, as text. */
    async function everything(): Promise<string> {
      const schema =
        (await world.database.transaction(async (tx) => tx.dialect)) === 'sqlite'
          ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
          : 'select table_name as name from information_schema.tables where table_schema = current_schema()'
      const tables = await world.database.rows<{ name: string }>(schema, [])
      expect(tables.length).toBeGreaterThan(20)
      const rows = await Promise.all(tables.map(({ name }) => world.database.rows(`select * from ${name}`, [])))
      return JSON.stringify(rows)
    }
    const found = async () => {
      const all = await everything()
      return traces.filter((trace) => all.includes(trace))
    }

    test('[HT6] leaves nothing of him in any table, nor of whom he was before he signed in', async () => {
      const events = ['message.added' as const, 'visitor.verified' as const]
      await addWebhook(model, owner, { url: 'https://hooks.example.com/', events }, '127.0.0.1')
      const before = await signInAnonymously(model, project, { claims: { name: 'Quirinus', email: quirinus.email } })
      const { conversationId } = await world.write(await callerOf(before.session), { text: 'the secret text' })
      project = { ...project, anonymousCarryOver: 'always' }
      const caller = await admit(quirinus, before.session)
      await world.answer(owner, { conversationId, kind: 'note', text: 'the secret note' })
      await world.write(caller, { text: 'the secret text, again' })
      await exportVisitor(world, owner, caller.visitorId, undefined, '127.0.0.1')
      await banVisitor(world, owner, { visitorId: caller.visitorId, reason: 'Quirinus is loud' }, '127.0.0.1')
      expect(await found()).toEqual(traces)
      await erase(caller)
      expect(await found()).toEqual([])
      for (const table of ['visitors', 'visitor_sessions', 'conversations', 'messages', 'bans', 'outbox']) {
        expect([table, await count(table)]).toEqual([table, 0])
      }
      const log = await world.database.rows<{ action: string; agent_id: string; detail: string }>(
        "select * from audit_log where action like 'visitor%' order by action",
        [],
      )
      expect(log.map((row) => [row.action, row.agent_id, JSON.parse(row.detail).visitorId])).toEqual([
        ['visitor_banned', owner.agentId, 'erased'],
        ['visitor_erased', owner.agentId, undefined],
        ['visitor_exported', owner.agentId, 'erased'],
      ])
    })

    test('[HT6] leaves everybody else as they were', async () => {
      const other = await admit({ external_id: 'somebody else', name: 'Else' })
      await world.write(other, { text: 'stays' })
      const caller = await admit()
      await world.write(caller)
      const { conversationId } = await world.write(caller)
      await world.write(caller, { conversationId })
      expect(await countPerson(world, owner, 'customer-4711')).toMatchObject({
        ...{ id: caller.visitorId, email: 'quirinus@example.org', conversations: 2, messages: 3 },
      })
      await erase(caller)
      expect(await countPerson(world, owner, 'customer-4711')).toBeUndefined()
      expect(await codeOf(countVisitor(world, owner, caller.visitorId))).toBe('not_found visitor')
      expect((await world.stored()).map(({ text }) => text)).toEqual(['stays'])
      expect(await count('visitors')).toBe(1)
      expect(await count('visitor_sessions')).toBe(1)
    })

    test('[DL4] is a numbered gone for who was away, after which he goes on', async () => {
      const caller = await admit()
      const sent = await Promise.all(upTo(3).map(() => world.write(caller)))
      const since = await world.changeNumber()
      await erase(caller)
      const upTill = await world.changeNumber()
      const gone = await missedBy(since)
      expect(gone).toEqual(
        upTo(3).map((index) => ({ kind: 'gone', number: since + index, conversationId: expect.any(String) })),
      )
      expect(new Set(gone.map((one) => one !== 'anew' && one.kind === 'gone' && one.conversationId))).toEqual(
        new Set(sent.map(({ conversationId }) => conversationId)),
      )
      expect(world.published.slice(-3)).toMatchObject(upTo(3).map((index) => ({ kind: 'many', number: since + index })))
      expect(await missedBy(upTill)).toEqual([])
      // Somebody who was here before any of it: nothing of the messages comes, only that they are gone.
      expect((await missedBy(0)).map((one) => (one === 'anew' ? one : one.kind))).toEqual(['gone', 'gone', 'gone'])
    })

    test('[DL4] begins anew for who comes back when what was erased is forgotten', async () => {
      const caller = await admit()
      await world.write(caller)
      const since = await world.changeNumber()
      await erase(caller)
      await world.clock.advance(31 * day)
      const housekeeping = new Housekeeping(world)
      await housekeeping.turn()
      await housekeeping.stop()
      expect(await count('erased_conversations')).toBe(0)
      expect(await missedBy(since)).toEqual(['anew'])
      expect(await missedBy(await world.changeNumber())).toEqual([])
    })

    test('[HT6] ends his sessions, and whoever comes with his external id is new', async () => {
      const caller = await admit()
      await erase(caller)
      expect(await count('visitor_sessions')).toBe(0)
      const events = await world.database.rows<{ kind: string; subject_id: string; reason: string }>(
        'select * from security_events order by number desc limit 1',
        [],
      )
      expect(events).toMatchObject([
        { kind: 'visitor_session_ended', subject_id: caller.sessionId, reason: 'signed_out' },
      ])
      expect((await admit()).visitorId).not.toBe(caller.visitorId)
      expect(await codeOf(erase(caller))).toBe('not_found visitor')
    })

    test('[HT6] hides him from the first moment, and goes on after a crash in between', async () => {
      const caller = await admit()
      const { conversationId } = await world.write(caller, { text: 'the secret text' })
      for (const _ of upTo(450)) void world.write(caller, { conversationId })
      await world.write(caller, { conversationId })
      const { transaction } = world.database
      let turns = 0
      world.database.transaction = (turn) => {
        turns += 1
        return turns > 2 ? Promise.reject(new Error('away')) : transaction(turn)
      }
      await erase(caller)
      world.database.transaction = transaction
      const left = await count('messages')
      expect([left > 0, left < 452]).toEqual([true, true])
      expect(await codeOf(exportVisitor(world, owner, caller.visitorId, undefined, ''))).toBe('not_found visitor')
      expect(await codeOf(countVisitor(world, owner, caller.visitorId))).toBe('not_found visitor')
      expect((await missedBy(0)).filter((one) => one !== 'anew' && one.kind === 'conversation')).toEqual([])
      expect((await admit()).visitorId).not.toBe(caller.visitorId)
      world.clock.advance(minute)
      const housekeeping = new Housekeeping(world)
      await housekeeping.turn()
      await housekeeping.stop()
      expect(await count('messages')).toBe(0)
      expect(await count('visitors')).toBe(1)
    })

    test('[HT6] crossed by messages and sign-ins of his leaves nothing of before', async () => {
      for (const round of upTo(5)) {
        const caller = await admit()
        const { conversationId } = await world.write(caller, { text: 'before' })
        const writing = upTo(10).flatMap((index) => [
          codeOf(world.write(caller, { conversationId, text: 'the secret text' })),
          codeOf(world.write(caller, { text: `the secret text ${index}` })).catch(() => 'internal_error'),
        ])
        const [codes, again] = await Promise.all([Promise.all(writing), admit(), erase(caller)])
        const known = ['done', 'not_found conversationId', 'not_found', 'internal_error']
        expect(new Set(codes).difference(new Set(known))).toEqual(new Set())
        const rows = await world.database.rows<{ id: string }>('select id from visitors', [])
        const later = again.visitorId === caller.visitorId ? [] : [again.visitorId]
        expect([round, rows.map(({ id }) => id)]).toEqual([round, later])
        expect(await world.stored()).toEqual([])
        if (later.length > 0) await erase(again)
      }
    })

    test('[HT6] by the site’s backend is by external id, in its own project', async () => {
      const caller = await admit()
      const scopes = ['visitors:erase' as const]
      const key = { kind: 'api key' as const, id: 'a-key', name: 'Backend', projectId: world.projectId, scopes }
      const elsewhere = { ...key, projectId: await world.project() }
      expect(await erasePerson(world, elsewhere, quirinus.external_id, '')).toBe(false)
      expect(await erasePerson(world, key, quirinus.external_id, '')).toBe(true)
      expect(await erasePerson(world, key, quirinus.external_id, '')).toBe(false)
      expect(await found()).toEqual([])
      expect(await findVisitorCaller(world, caller.sessionId)).toBeUndefined()
    })

    test('[HT6] nobody but owners and admins may, nor in another project', async () => {
      const caller = await admit()
      const agent = { ...owner, role: 'agent' as const }
      const other = { ...owner, projectId: await world.project() }
      for (const [who, code] of [
        [agent, 'forbidden'],
        [other, 'not_found visitor'],
      ] as const) {
        expect(await codeOf(eraseVisitor(world, who, caller.visitorId, ''))).toBe(code)
        expect(await codeOf(exportVisitor(world, who, caller.visitorId, undefined, ''))).toBe(code)
      }
      expect(await codeOf(erase(strangerCaller(world.projectId)))).toBe('not_found visitor')
    })
  })
}

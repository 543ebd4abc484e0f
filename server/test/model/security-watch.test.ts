import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { memoryBus } from '../../bus/bus.ts'
import type { Database } from '../../db/database.ts'
import { pruneSecurityEvents, recordSecurityEvent, SecurityWatch } from '../../model/security.ts'
import { Clock, day } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'

describe('the watch', () => {
  let database: Database
  let watch: SecurityWatch
  let clock: Clock
  const heard: string[] = []
  const deaf = {
    reliable: false,
    publish() {},
    subscribe: () => () => {},
    connected: () => true,
    close: async () => {},
  }
  let bus = memoryBus()

  async function watchOver(over: Database, listenTo = bus) {
    watch = new SecurityWatch({ database: over, bus: listenTo, now: clock.now })
    watch.onEvent((event) => heard.push(event.subjectId))
    await watch.start()
    return () => watch.stop()
  }

  const record = (subjectId: string, over = database) =>
    over.transaction((tx) =>
      recordSecurityEvent(tx, { bus, now: clock.now }, { kind: 'agent_session_ended', projectId: null, subjectId }),
    )

  beforeAll(async () => {
    const signet = await Signet.start()
    database = signet.app.model.database
    return () => signet.stop()
  })

  beforeEach(() => {
    heard.length = 0
    clock = new Clock()
    bus = memoryBus()
  })

  test('[VS16] hears events through the counter when the bus loses everything', async () => {
    const stop = await watchOver(database, deaf)
    await record('a')
    await record('b')
    expect(heard).toEqual([])
    await watch.read()
    expect(heard).toEqual(['a', 'b'])
    stop()
  })

  test('[VS16] hears each event once, in order, however often it is woken', async () => {
    const stop = await watchOver(database)
    await Promise.all(['a', 'b', 'c'].map((subject) => record(subject)))
    await Promise.all([watch.read(), watch.read(), watch.read()])
    expect(heard).toEqual(['a', 'b', 'c'])
    stop()
  })

  test('[VS16] reads every 300 ms, whatever the bus says', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const stop = await watchOver(database, deaf)
    const readings = vi.spyOn(watch, 'read')
    await record('a')
    vi.advanceTimersByTime(299)
    expect(readings).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    await readings.mock.results[0]?.value
    expect(heard).toEqual(['a'])
    vi.advanceTimersByTime(900)
    expect(readings).toHaveBeenCalledTimes(4)
    stop()
    vi.advanceTimersByTime(900)
    expect(readings).toHaveBeenCalledTimes(4)
    vi.useRealTimers()
  })

  test('[VS16] hears nothing of what was before it started', async () => {
    await record('a')
    const stop = await watchOver(database)
    await watch.read()
    expect(heard).toEqual([])
    stop()
  })

  test('[VS16] reads again for an event that comes while it reads', async () => {
    const stop = await watchOver(database, deaf)
    await record('a')
    const reading = watch.read()
    const second = record('b').then(() => watch.read())
    await Promise.all([reading, second])
    expect(heard).toEqual(['a', 'b'])
    stop()
  })

  test('[VS16] knows when it has stood still for so long that what it missed is gone', async () => {
    const stop = await watchOver(database, deaf)
    const missed = vi.fn()
    watch.onMissed(missed)
    const numbers = () => database.rows<{ number: number }>('select number from security_events', [])
    await record('old')
    const [counted] = await database.rows('select security_number from installation', [])
    clock.advance(day - 1)
    await pruneSecurityEvents({ database, now: clock.now }, 1_000)
    expect(await numbers()).not.toEqual([])
    clock.advance(1)
    expect(await pruneSecurityEvents({ database, now: clock.now }, 1_000)).toBe(false)
    expect([await numbers(), await database.rows('select security_number from installation', [])]).toEqual([
      [],
      [counted],
    ])
    await record('new')
    await watch.read()
    expect([missed.mock.calls.length, heard]).toEqual([1, ['new']])
    await record('newer')
    await watch.read()
    expect([missed.mock.calls.length, heard]).toEqual([1, ['new', 'newer']])
    stop()
  })

  test('[VS16] is fresh for a second after the beginning of its last reading', async () => {
    const stop = await watchOver(database, deaf)
    clock.advance(1000)
    expect(watch.fresh()).toBe(true)
    clock.advance(1)
    expect(watch.fresh()).toBe(false)
    await watch.read()
    expect(watch.fresh()).toBe(true)
    stop()
  })

  test('[VS16] is not fresh while the database does not answer, and goes on when it does', async () => {
    let broken = false
    const rows: Database['rows'] = (...asked) =>
      broken ? Promise.reject(new Error('no answer')) : database.rows(...asked)
    const stop = await watchOver({ ...database, rows }, deaf)
    broken = true
    await record('a')
    clock.advance(1001)
    await watch.read()
    expect([watch.fresh(), heard]).toEqual([false, []])
    broken = false
    await watch.read()
    expect([watch.fresh(), heard]).toEqual([true, ['a']])
    stop()
  })

  test('[VS16] counts an answer from when it was asked for, not from when it came', async () => {
    let answer = Promise.resolve()
    const rows: Database['rows'] = async (...asked) => {
      const rows = await database.rows<never>(...asked)
      await answer
      return rows
    }
    const stop = await watchOver({ ...database, rows }, deaf)
    const late = Promise.withResolvers<void>()
    answer = late.promise
    const reading = watch.read()
    clock.advance(1001)
    late.resolve()
    await reading
    expect(watch.fresh()).toBe(false)
    stop()
  })

  test('[VS16] an event of a turn that was undone is none', async () => {
    const stop = await watchOver(database)
    const undone = database.transaction(async (tx) => {
      const event = { kind: 'agent_session_ended' as const, projectId: null, subjectId: 'a' }
      await recordSecurityEvent(tx, { bus, now: clock.now }, event)
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    await record('b')
    await watch.read()
    expect(heard).toEqual(['b'])
    stop()
  })
})

describe('a server whose bus loses everything', () => {
  let signet: Signet
  let shop: Shop

  beforeEach(async () => {
    signet = await Signet.start()
    shop = await Shop.open(signet)
    signet.app.model.bus.publish = () => {}
    return () => signet.stop()
  })

  test('[VS16][SS6] still ends sessions and refuses tokens', async () => {
    const socket = await shop.connect((await shop.signIn()).session)
    const token = shop.token()
    const readings = vi.spyOn(signet.app.model.database, 'rows')
    await shop.owner.caller.call('POST /projects/:project/shared-secrets/:key/revoke', {
      params: { project: shop.id, key: shop.keyId },
    })
    const asked = { params: { project: shop.id }, body: { token } }
    // At once, whatever the memory of the keys says.
    expect(await signet.anybody.refusal('POST /projects/:project/visitor-sessions', asked)).toBe('secret_revoked')
    expect((await socket.next('ended')).reason).toBe('secret_revoked')
    // Of which there are three a second; one may have been under way.
    const counts = readings.mock.calls.filter(([sql]) => sql.startsWith('select security_number'))
    expect(counts.length).toBeLessThanOrEqual(3)
  })

  test('[VS16] still changes roles and sends removed members away', async () => {
    const agent = await shop.member('admin')
    const socket = await shop.connectAgent(agent)
    const path = { params: { project: shop.id, agent: agent.id } }
    await shop.owner.caller.call('PATCH /projects/:project/members/:agent', { ...path, body: { role: 'agent' } })
    const welcome = await socket.next('welcome')
    expect(welcome.self).toMatchObject({ role: 'agent' })
    await shop.owner.caller.call('DELETE /projects/:project/members/:agent', path)
    expect((await socket.next('ended')).reason).toBe('membership_ended')
  })
})

describe('a server that does not hear from its database', () => {
  test('[VS16] reads keys anew instead of using those in memory, and says that it is not ready', async () => {
    const signet = await Signet.start()
    const shop = await Shop.open(signet)
    const { database, keys } = signet.app.model
    const select = vi.spyOn(database.read, 'selectFrom')
    const keyReads = () => select.mock.calls.filter(([table]) => String(table).startsWith('signing_keys')).length
    await keys.candidates(shop.id, signet.clock.ms)
    const before = keyReads()
    await keys.candidates(shop.id, signet.clock.ms)
    expect(keyReads()).toBe(before)
    expect((await signet.anybody.send('GET', '/readyz')).status).toBe(200)
    // The counter can no longer be read, and a second goes by.
    const { rows } = database
    database.rows = (sql, parameters) =>
      sql.includes('security_number') ? Promise.reject(new Error('no answer')) : rows(sql, parameters)
    signet.clock.advance(1001)
    await keys.candidates(shop.id, signet.clock.ms)
    await keys.candidates(shop.id, signet.clock.ms)
    expect(keyReads()).toBe(before + 2)
    expect((await signet.anybody.send('GET', '/readyz')).status).toBe(503)
    expect((await signet.anybody.send('GET', '/healthz')).status).toBe(200)
    database.rows = rows
    await expect.poll(async () => (await signet.anybody.send('GET', '/readyz')).status).toBe(200)
    await signet.stop()
  })
})

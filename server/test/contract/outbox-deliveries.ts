import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { OutboxTable } from '../../db/outbox-tables.ts'
import { leaseMs } from '../../model/outbox/claim.ts'
import type { Outcome } from '../../model/outbox/finish.ts'
import { pruneOutbox } from '../../model/outbox/prune.ts'
import { listDeliveries, resendDelivery } from '../../model/webhook/delivery.ts'
import { listWebhooks } from '../../model/webhook/list.ts'
import { changeWebhook } from '../../model/webhook/webhook.ts'
import { day, hour } from '../clock.ts'
import { arrived, Hooked, refused } from './webhook-world.ts'
import { type OpenDatabase, upTo, World } from './world.ts'

/** What is in the outbox arrives: at least once, in order, and at nobody else's expense (WH4). */
export function outboxContract(open: OpenDatabase): void {
  describe('the outbox', () => {
    let world: World
    let hooked: Hooked

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      hooked = new Hooked(world)
      return () => opened.close()
    })

    const textOf = ({ body }: OutboxTable) => String(JSON.parse(body).data.message.text)

    test('[WH4] those of a conversation arrive in order, one after the other, whatever fails in between', async () => {
      await hooked.add()
      const visitor = await world.visitor()
      const { conversationId } = await world.write(visitor, { text: '1' })
      for (const text of ['2', '3']) await world.write(visitor, { text, conversationId })
      await world.write(await world.visitor(), { text: 'other' })
      let broken = true
      hooked.answer = (row) => (broken && textOf(row) === '1' ? refused : arrived)
      await hooked.deliver()
      expect(hooked.texts().toSorted()).toEqual(['1', 'other'])
      await world.write(visitor, { text: '4', conversationId })
      await hooked.deliver()
      broken = false
      world.clock.advance(5_000)
      await hooked.deliver()
      expect(hooked.texts().filter((text) => text !== 'other')).toEqual(['1', '1', '2', '3', '4'])
      expect(await hooked.states()).toEqual(Array(5).fill('delivered'))
      expect(world.metrics.deliveries.of('webhook', 'delivered').value).toBe(5)
      expect(world.metrics.deliveries.of('webhook', 'failed').value).toBe(1)
    })

    test('[WH4] what fails is tried again after 5 s, 10 s, 20 s …, and given up after three days', async () => {
      const { id } = await hooked.add()
      const visitor = await world.visitor()
      const first = await world.write(visitor, { text: '1' })
      await world.write(visitor, { text: '2', conversationId: first.conversationId })
      hooked.answer = () => refused
      await hooked.deliver()
      const started = world.now()
      for (const afterMs of [5_000, 10_000, 20_000, 40_000]) {
        world.clock.advance(afterMs - 1)
        const before = hooked.sent.length
        await hooked.deliver()
        expect(hooked.sent.length).toBe(before)
        world.clock.advance(1)
        await hooked.deliver()
        expect(hooked.sent.length).toBe(before + 1)
      }
      const [failing] = await listWebhooks(world, hooked.owner)
      expect(failing).toMatchObject({ waiting: 2, failing: { since: started, failure: refused.failure } })
      while (world.now() < started + 3 * day - 1) {
        world.clock.advance(Math.min(6 * hour, started + 3 * day - 1 - world.now()))
        await hooked.deliver()
      }
      expect(await hooked.states()).toEqual(['waiting', 'waiting'])
      world.clock.advance(1)
      await hooked.deliver()
      expect(await hooked.states()).toEqual(['given_up', 'given_up'])
      expect(world.metrics.deliveries.of('webhook', 'given_up').value).toBe(2)
      const { deliveries } = await listDeliveries(world, hooked.owner, id, { limit: 10 })
      expect(deliveries.map(({ state, status, nextTryAt }) => [state, status, nextTryAt])).toEqual([
        ['given_up', 500, null],
        ['given_up', 500, null],
      ])
    })

    test('[WH4] a node that dies between sending and marking it leaves it to another, under the same id', async () => {
      await hooked.add()
      await world.write(await world.visitor())
      const hangs = Promise.withResolvers<Outcome>()
      hooked.answer = () => hangs.promise
      const dead = hooked.node()
      await dead.turn()
      hooked.answer = () => arrived
      const other = hooked.node()
      await other.settled()
      expect(hooked.sent).toHaveLength(1)
      world.clock.advance(leaseMs)
      await other.settled()
      expect(hooked.sent.map(({ id }) => id)).toEqual(Array(2).fill(hooked.sent[0]?.id))
      // It was not dead but slow: it has nothing to say any more.
      hangs.resolve(refused)
      await dead.settled()
      expect(await hooked.rows()).toMatchObject([{ state: 'delivered', status: 200, attempts: 2 }])
    })

    test('[WH4] who has lost his claim takes nothing from the one who has it now', async () => {
      await hooked.add()
      await world.write(await world.visitor())
      const [late, now] = [Promise.withResolvers<Outcome>(), Promise.withResolvers<Outcome>()]
      const answers = [late, now]
      hooked.answer = () => answers.shift()?.promise ?? arrived
      const [slow, other] = [hooked.node(), hooked.node()]
      await slow.turn()
      world.clock.advance(leaseMs)
      await other.turn()
      late.resolve(refused)
      await slow.settled()
      expect(await hooked.rows()).toMatchObject([{ state: 'waiting', status: null, attempts: 2 }])
      now.resolve(arrived)
      await other.settled()
      expect(hooked.sent).toHaveLength(2)
      expect(await hooked.states()).toEqual(['delivered'])
    })

    test('[WH4] several nodes share the work: each is sent once, in order', async () => {
      await hooked.add()
      const texts = upTo(6).map(String)
      const visitors = await Promise.all(upTo(6).map(() => world.visitor()))
      for (const visitor of visitors) {
        const { conversationId } = await world.write(visitor, { text: '1' })
        for (const text of texts.slice(1)) await world.write(visitor, { text, conversationId })
      }
      await Promise.all([hooked.node(), hooked.node(), hooked.node()].map((node) => node.settled()))
      await hooked.deliver()
      expect(new Set(hooked.sent.map(({ id }) => id)).size).toBe(36)
      expect(hooked.sent).toHaveLength(36)
      for (const own of Map.groupBy(hooked.sent, ({ lane }) => lane).values()) expect(hooked.texts(own)).toEqual(texts)
    })

    test('[WH4] a slow webhook holds up no other, and has eight under way at most', async () => {
      const slow = await hooked.add()
      await hooked.add(['message.added'], 'https://other.example.com/')
      const held = Promise.withResolvers<Outcome>()
      hooked.answer = (row) => (row.target === slow.id ? held.promise : arrived)
      for (const visitor of await Promise.all(upTo(20).map(() => world.visitor()))) await world.write(visitor)
      const node = hooked.node()
      const others = async () => (await hooked.states()).filter((state) => state === 'delivered').length
      await vi.waitFor(async () => {
        await node.turn()
        expect(await others()).toBe(20)
      }, 10_000)
      expect(hooked.sent.filter(({ target }) => target === slow.id)).toHaveLength(8)
      held.resolve(arrived)
      await node.settled()
      expect(await hooked.states()).toEqual(Array(40).fill('delivered'))
    })

    test('[WH1] what waits for a webhook that is off goes when it is on again, at once', async () => {
      const { id } = await hooked.add()
      await world.write(await world.visitor())
      hooked.answer = () => refused
      await hooked.deliver()
      const switchTo = (enabled: boolean) => changeWebhook(world, hooked.owner, id, { enabled }, '127.0.0.1')
      await switchTo(false)
      world.clock.advance(hour)
      await hooked.deliver()
      expect(hooked.sent).toHaveLength(1)
      hooked.answer = () => arrived
      await switchTo(true)
      await hooked.deliver()
      expect(await hooked.states()).toEqual(['delivered'])
      expect((await listWebhooks(world, hooked.owner))[0]).toMatchObject({ waiting: 0, failing: null })
    })

    test('[WH6] one is sent once more when somebody asks for it, and waits for nothing', async () => {
      const { id } = await hooked.add()
      const visitor = await world.visitor()
      const { conversationId } = await world.write(visitor, { text: '1' })
      await hooked.deliver()
      const [first] = await hooked.rows()
      hooked.answer = () => refused
      await resendDelivery(world, hooked.owner, id, first?.id ?? '')
      await hooked.deliver()
      hooked.answer = () => arrived
      await world.write(visitor, { text: '2', conversationId })
      await hooked.deliver()
      expect(hooked.texts()).toEqual(['1', '1', '2'])
      expect(await hooked.states()).toEqual(['waiting', 'delivered'])
      world.clock.advance(5_000)
      await hooked.deliver()
      expect(hooked.sent.map((row) => row.id).filter((sent) => sent === first?.id)).toHaveLength(3)
    })

    test('[WH6] what arrived goes after a week, what was given up after a month, what waits in vain is given up', async () => {
      const { id } = await hooked.add()
      const visitor = await world.visitor()
      const { conversationId } = await world.write(visitor, { text: '1' })
      await hooked.deliver()
      await world.write(visitor, { text: '2', conversationId })
      await changeWebhook(world, hooked.owner, id, { enabled: false }, '127.0.0.1')
      world.clock.advance(7 * day)
      expect(await pruneOutbox(world, 100)).toBe(false)
      expect(await hooked.states()).toEqual(['given_up'])
      world.clock.advance(30 * day)
      await pruneOutbox(world, 100)
      expect(await hooked.states()).toEqual([])
    })

    test('[WH4] a commit wakes it, and whoever stops it waits for what is under way', async () => {
      await hooked.add()
      const node = hooked.node()
      node.start()
      const begun = Promise.withResolvers<void>()
      const held = Promise.withResolvers<Outcome>()
      hooked.answer = () => {
        begun.resolve()
        return held.promise
      }
      await world.write(await world.visitor())
      await begun.promise
      const stopped = node.stop()
      held.resolve(arrived)
      await stopped
      expect(await hooked.states()).toEqual(['delivered'])
    })
  })
}

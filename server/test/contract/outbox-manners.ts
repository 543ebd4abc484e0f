import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Outcome } from '../../model/outbox/finish.ts'
import { sendTest } from '../../model/webhook/delivery.ts'
import { listWebhooks } from '../../model/webhook/list.ts'
import { changeWebhook } from '../../model/webhook/webhook.ts'
import { day, hour } from '../clock.ts'
import { arrived, Hooked, refused } from './webhook-world.ts'
import { type OpenDatabase, upTo, World } from './world.ts'

/** How the outbox treats those it sends to, and projects each other (WH4). */
export function outboxMannersContract(open: OpenDatabase): void {
  describe("the outbox's manners", () => {
    let world: World
    let hooked: Hooked

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      hooked = new Hooked(world)
      return () => opened.close()
    })

    test('[WH4] a project whose addresses hang leaves room for the others', async () => {
      const held = Promise.withResolvers<Outcome>()
      const hanging = await Promise.all(
        upTo(10).map((n) => hooked.add(['message.added'], `https://h${n}.example.com/`)),
      )
      const hang = new Set(hanging.map(({ id }) => id))
      hooked.answer = (row) => (hang.has(row.target) ? held.promise : arrived)
      for (const visitor of await Promise.all(upTo(9).map(() => world.visitor()))) await world.write(visitor)
      const node = hooked.node(20)
      await vi.waitFor(async () => {
        await node.turn()
        expect(hooked.sent).toHaveLength(10)
      }, 10_000)
      const other = await hooked.elsewhere()
      await world.write(await world.visitor(other.projectId))
      await vi.waitFor(async () => {
        await node.turn()
        expect(hooked.sent.map(({ project_id: id }) => id)).toContain(other.projectId)
      }, 10_000)
      held.resolve(arrived)
      await node.settled()
      expect(new Set(await hooked.states())).toEqual(new Set(['delivered']))
    })

    test('[WH4] who asks to be left alone for a while is, with all that waits for him, but not for ever', async () => {
      await hooked.add()
      hooked.answer = () => ({ status: 429, failure: 'Too much.', retryAfterMs: hour })
      await world.write(await world.visitor())
      await hooked.deliver()
      await world.write(await world.visitor())
      world.clock.advance(hour - 1)
      await hooked.deliver()
      expect(hooked.sent).toHaveLength(1)
      hooked.answer = () => ({ status: 503, failure: 'Too much.', retryAfterMs: 300 * day })
      world.clock.advance(1)
      await hooked.deliver()
      const tried = hooked.sent.length
      expect(tried).toBeGreaterThan(1)
      hooked.answer = () => arrived
      world.clock.advance(6 * hour)
      await hooked.deliver()
      expect(await hooked.states()).toEqual(['delivered', 'delivered'])
    })

    test('[WH4] whose address is gone for good is switched off, and says why; switched on, it goes on', async () => {
      const { id } = await hooked.add()
      hooked.answer = () => ({ status: 410, failure: 'Gone.', gone: true })
      await world.write(await world.visitor())
      await hooked.deliver()
      expect((await listWebhooks(world, hooked.owner))[0]).toMatchObject({
        enabled: false,
        waiting: 1,
        failing: { failure: 'Gone.' },
      })
      await world.write(await world.visitor())
      expect(await hooked.states()).toEqual(['waiting'])
      hooked.answer = () => arrived
      await changeWebhook(world, hooked.owner, id, { enabled: true }, '127.0.0.1')
      await hooked.deliver()
      expect(await hooked.states()).toEqual(['delivered'])
    })

    test('[WH6] a test goes once, also to a webhook that is off, and to nobody else', async () => {
      const { id } = await hooked.add()
      await hooked.add(['message.added'], 'https://other.example.com/')
      await changeWebhook(world, hooked.owner, id, { enabled: false }, '127.0.0.1')
      hooked.answer = () => refused
      await sendTest(world, hooked.owner, id)
      await hooked.deliver()
      world.clock.advance(day)
      await hooked.deliver()
      expect(hooked.sent.map(({ type, target }) => [type, target])).toEqual([['webhook.test', id]])
      expect(await hooked.states()).toEqual(['given_up'])
    })
  })
}

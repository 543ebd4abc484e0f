/**
 * The bus between nodes: publish and subscribe of Redis or Valkey. It keeps nothing, so whatever is published while
 * a node is cut off is lost to it; the log heals that. A node's own signals reach it at once, without the way out
 * and back. Numbers that then arrive in another order than they were given are the hub's to put right.
 */
import { randomUUID } from 'node:crypto'
import { createClient } from '@redis/client'
import { type Bus, memoryBus } from './bus.ts'

export async function redisBus(url: string, report: (error: unknown) => void): Promise<Bus> {
  const node = randomUUID()
  const local = memoryBus()
  const publisher = createClient({ url, disableOfflineQueue: true })
  const subscriber = publisher.duplicate()
  publisher.on('error', report)
  subscriber.on('error', report)
  await Promise.all([publisher.connect(), subscriber.connect()])

  const listening = new Map<string, number>()
  const hear = (text: string, topic: string) => {
    const { from, signal } = JSON.parse(text) as { from: string; signal: unknown }
    if (from !== node) local.publish(topic, signal)
  }

  return {
    reliable: false,
    publish(topic, signal) {
      local.publish(topic, signal)
      publisher.publish(topic, JSON.stringify({ from: node, signal })).catch(report)
    },
    subscribe(topic, listener) {
      const leave = local.subscribe(topic, listener)
      const count = listening.get(topic) ?? 0
      listening.set(topic, count + 1)
      if (count === 0) subscriber.subscribe(topic, hear).catch(report)
      return () => {
        leave()
        const left = (listening.get(topic) ?? 1) - 1
        if (left > 0) listening.set(topic, left)
        else {
          listening.delete(topic)
          subscriber.unsubscribe(topic).catch(report)
        }
      }
    },
    async close() {
      await local.close()
      subscriber.destroy()
      publisher.destroy()
    },
  }
}

/**
 * The bus between nodes: publish and subscribe of Redis or Valkey. It keeps nothing, so whatever is published while
 * a node is cut off is lost to it; the log heals that. A node's own signals reach it at once, without the way out
 * and back. Numbers that then arrive in another order than they were given are the hub's to put right.
 *
 * Whoever else may publish on this Redis is not believed: a made-up message would be shown as somebody's, and a made-up
 * number would have the real one taken for known. So each signal carries a mark that only a node can make, for its topic.
 */
import { randomUUID } from 'node:crypto'
import { createClient } from '@redis/client'
import { type Bus, type Marks, memoryBus } from './bus.ts'

/** A Redis that others use, too, has channels of theirs. */
const prefix = 'signet:'
/** More than that on its way means that Redis does not answer: what is lost then, the log heals. */
const maxOnTheWay = 5_000
const probeMs = 5_000
const silentMs = 15_000
const startPatienceMs = 1_000

export async function redisBus(url: string, marks: Marks, report: (error: unknown) => void): Promise<Bus> {
  const node = randomUUID()
  const local = memoryBus()
  const publisher = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: probeMs,
    // Given, because by itself the client gives up for good after a silence.
    socket: {
      socketTimeout: silentMs,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 5), 1_000),
    },
  })
  const subscriber = publisher.duplicate()
  publisher.on('error', report)
  subscriber.on('error', report)

  let onTheWay = 0
  const arrived = () => {
    onTheWay -= 1
  }
  const listening = new Map<string, number>()
  const own = `{"from":"${node}",`
  let strange = false
  const hear = (text: string, channel: string) => {
    if (text.startsWith(own)) return
    const signal = signalIn(text, channel, marks)
    if (signal !== undefined) local.publish(channel.slice(prefix.length), signal)
    else if (!strange) {
      // Once: whoever can publish must not fill the log.
      strange = true
      report(new Error('Somebody else publishes on the channels of this installation in Redis. It is not heeded.'))
    }
  }
  const tune = (topic: string) => subscriber.subscribe(prefix + topic, hear).catch(() => {})
  // What was asked for while Redis was away is forgotten by the client. Asking twice does no harm.
  subscriber.on('ready', () => {
    for (const topic of listening.keys()) void tune(topic)
  })
  await connected([publisher.connect(), subscriber.connect()], report)

  return {
    reliable: false,
    publish(topic, signal) {
      local.publish(topic, signal)
      if (!publisher.isReady || onTheWay >= maxOnTheWay) return
      onTheWay += 1
      // A connection that fails has said so once already.
      publisher.publish(prefix + topic, marked(node, signal, prefix + topic, marks)).then(arrived, arrived)
    },
    subscribe(topic, listener) {
      const leave = local.subscribe(topic, listener)
      const count = listening.get(topic) ?? 0
      listening.set(topic, count + 1)
      if (count === 0) void tune(topic)
      return () => {
        leave()
        const left = (listening.get(topic) ?? 1) - 1
        if (left > 0) listening.set(topic, left)
        else {
          listening.delete(topic)
          // With its listener: without, the client takes who comes back at once for subscribed still.
          subscriber.unsubscribe(prefix + topic, hear).catch(() => {})
        }
      }
    },
    connected: () => publisher.isReady && subscriber.isReady,
    async close() {
      await local.close()
      subscriber.destroy()
      publisher.destroy()
    },
  }
}

const beforeMark = ',"mark":"'
const markLength = 43

function marked(from: string, signal: unknown, channel: string, marks: Marks): string {
  const text = JSON.stringify({ from, signal })
  return `${text.slice(0, -1)}${beforeMark}${marks.of(`${channel} ${text}`)}"}`
}

/** Undefined for what no node has said, or said elsewhere. Not even parsed before that is known. */
function signalIn(text: string, channel: string, marks: Marks): unknown {
  const at = text.length - beforeMark.length - markLength - 2
  const [body, mark] = [`${text.slice(0, at)}}`, text.slice(at + beforeMark.length, -2)]
  if (at < 0 || !marks.isOf(`${channel} ${body}`, mark)) return undefined
  const { signal } = JSON.parse(body) as { signal: unknown }
  return signal
}

/** A node starts without Redis, too: it is only slower to hear of the others until Redis is there. */
async function connected(connecting: Promise<unknown>[], report: (error: unknown) => void): Promise<void> {
  const patience = Promise.withResolvers<void>()
  const timer = setTimeout(patience.resolve, startPatienceMs)
  await Promise.race([Promise.all(connecting).catch(report), patience.promise])
  clearTimeout(timer)
}

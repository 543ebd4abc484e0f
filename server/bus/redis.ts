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

type Report = (error: unknown) => void

export async function redisBus(url: string, marks: Marks, report: Report): Promise<Bus> {
  const node = randomUUID()
  const local = memoryBus()
  const publisher = openClient(url)
  const subscriber = publisher.duplicate()
  publisher.on('error', report)
  subscriber.on('error', report)
  const channels = new Channels(subscriber, hearOthers({ node, local, marks, report }))
  await connected([publisher.connect(), subscriber.connect()], report)

  let onTheWay = 0
  const arrived = () => {
    onTheWay -= 1
  }
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
      const unsubscribe = local.subscribe(topic, listener)
      channels.enter(topic)
      return () => {
        unsubscribe()
        channels.leave(topic)
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

function openClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: probeMs,
    // Given, because by itself the client gives up for good after a silence.
    socket: {
      socketTimeout: silentMs,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 5), 1_000),
    },
  })
}

type Hear = (text: string, channel: string) => void

/** Hands on what other nodes have said. */
function hearOthers(to: { node: string; local: Bus; marks: Marks; report: Report }): Hear {
  const own = beginning(to.node)
  let reported = false
  return (text, channel) => {
    if (text.startsWith(own)) return
    const signal = signalIn(text, channel, to.marks)
    if (signal !== undefined) to.local.publish(channel.slice(prefix.length), signal)
    else if (!reported) {
      // Once: whoever can publish must not fill the log.
      reported = true
      to.report(new Error('Somebody else publishes on the channels of this installation in Redis. It is not heeded.'))
    }
  }
}

/** Those of Redis that somebody on this node listens to, by topic. */
class Channels {
  #subscriber: ReturnType<typeof openClient>
  #hear: Hear
  #listeners = new Map<string, number>()

  constructor(subscriber: ReturnType<typeof openClient>, hear: Hear) {
    this.#subscriber = subscriber
    this.#hear = hear
    // What was asked for while Redis was away is forgotten by the client. Asking twice does no harm.
    subscriber.on('ready', () => {
      for (const topic of this.#listeners.keys()) this.#tune(topic)
    })
  }

  enter(topic: string): void {
    const listeners = this.#listeners.get(topic) ?? 0
    this.#listeners.set(topic, listeners + 1)
    if (listeners === 0) this.#tune(topic)
  }

  leave(topic: string): void {
    const left = (this.#listeners.get(topic) ?? 1) - 1
    if (left > 0) {
      this.#listeners.set(topic, left)
      return
    }
    this.#listeners.delete(topic)
    // With its listener: without, the client takes who comes back at once for subscribed still.
    this.#subscriber.unsubscribe(prefix + topic, this.#hear).catch(() => {})
  }

  #tune(topic: string): void {
    this.#subscriber.subscribe(prefix + topic, this.#hear).catch(() => {})
  }
}

const beforeMark = ',"mark":"'
const markLength = 43

/** Of whatever this node says. */
const beginning = (node: string): string => `{"from":"${node}",`

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

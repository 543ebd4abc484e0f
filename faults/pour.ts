/** DL6: somebody stops reading while more is written than a server should keep for him. */
import { randomUUID } from 'node:crypto'
import type { Cast } from './people/cast.ts'
import type { Fault } from './schedule.ts'
import type { Stack } from './stack/stack.ts'

/** 24 kB each: three bytes a letter. */
const text = '茶'.repeat(7_990)
export const pouredBytes = Buffer.byteLength(text)
const atOnce = 10
const betweenMs = 40

export async function pour({ stack, cast }: { stack: Stack; cast: Cast }, { place, force }: Fault): Promise<void> {
  const present = cast.agents.filter(({ port, outside }) => port !== undefined && !outside)
  const reader = present[Math.floor(place * present.length)]
  const writer = present.find((person) => person !== reader)
  const line = [...stack.balancer.relay.lines].find(({ client }) => client.remotePort === reader?.port)
  const id = writer && reader && [...reader.journal.inSight.keys()].find((own) => writer.journal.inSight.has(own))
  if (!reader || !writer || !line || !id) return
  const [began, wantedBytes] = [performance.now(), (6 + force * 10) * 1024 * 1024]
  const letGo = line.hold()
  reader.doze(true)
  for (let bytes = 0; bytes < wantedBytes && performance.now() - began < longestMs; bytes += atOnce * pouredBytes) {
    for (let left = atOnce; left > 0; left--) writer.outbox.write({ clientId: randomUUID(), conversationId: id, text })
    await wait(betweenMs)
  }
  cast.ledger.pauses.push({ who: reader.options.name, conversationId: id, began, ended: performance.now() })
  letGo()
  reader.doze(false)
}

const longestMs = 6_000

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

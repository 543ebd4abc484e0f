/** Much is written at once: while somebody does not read (DL6), or while there is no place for it. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Cast } from './people/cast.ts'
import type { Person } from './people/person.ts'
import { at, type Fault } from './schedule.ts'
import type { Line } from './stack/line.ts'
import type { Stack } from './stack/stack.ts'

/** 24 kB each: three bytes a letter. */
const text = '茶'.repeat(7_990)
const pouredBytes = Buffer.byteLength(text)
const atOnce = 10
const betweenMs = 40
const longestMs = 10_000

/** More than fits into what the database has already taken of its disk. */
export function writeMuch({ agents }: Cast, count: number): void {
  const writer = agents.find(({ port, outside }) => port !== undefined && !outside)
  const [conversationId] = writer?.journal.inSight.keys() ?? []
  if (!writer || !conversationId) return
  for (let left = count; left > 0; left--) writer.outbox.write({ clientId: randomUUID(), conversationId, text })
}

/** More is written than a server should keep for whoever does not read. */
export async function pour({ stack, cast }: { stack: Stack; cast: Cast }, { place, force }: Fault): Promise<void> {
  const present = cast.agents.filter(({ port, outside }) => port !== undefined && !outside)
  const reader = at(present, place)
  const writer = present.find((person) => person !== reader)
  if (!reader || !writer) return
  const line = await freshLine(stack, reader)
  const id = [...reader.journal.inSight.keys()].find((own) => writer.journal.inSight.has(own))
  if (!line || !id) return
  const began = performance.now()
  const letGo = line.hold()
  reader.doze(true)
  const taken = await write(writer, id, Math.ceil(((8 + force * 2) * 1024 * 1024) / pouredBytes), began + longestMs)
  const [who, ended, bytes] = [reader.options.name, performance.now(), taken * pouredBytes]
  cast.ledger.pauses.push({ who, conversationId: id, began, ended, bytes })
  letGo()
  reader.doze(false)
}

/** On a connection that has carried little the kernel keeps little; it would keep many megabytes on another. */
async function freshLine({ balancer: { relay } }: Stack, reader: Person): Promise<Line | undefined> {
  const lineOf = (port: number | undefined) => [...relay.lines].find(({ client }) => client.remotePort === port)
  const { port } = reader
  lineOf(port)?.cut()
  const until = performance.now() + 3_000
  while ((reader.port === undefined || reader.port === port) && performance.now() < until) await wait(50)
  return reader.port === port ? undefined : lineOf(reader.port)
}

/** Gives how many were acked in time. */
async function write(
  { outbox, journal }: Person,
  conversationId: string,
  count: number,
  until: number,
): Promise<number> {
  const clientIds = Array.from({ length: count }, () => randomUUID())
  for (const [index, clientId] of clientIds.entries()) {
    if (performance.now() > until) break
    outbox.write({ clientId, conversationId, text })
    if (index % atOnce === 0) await wait(betweenMs)
  }
  while (clientIds.some((clientId) => outbox.has(clientId)) && performance.now() < until) await wait(betweenMs)
  const acked = new Set(journal.entries.flatMap((entry) => (entry.kind === 'acked' ? entry.clientId : [])))
  return clientIds.filter((clientId) => acked.has(clientId)).length
}

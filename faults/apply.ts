/** Does to the stack, or to somebody in it, what a fault says. */
import { setTimeout as wait } from 'node:timers/promises'
import { type AuthorityKind, authority } from './authority.ts'
import type { Cast } from './people/cast.ts'
import type { Person } from './people/person.ts'
import { pour, writeMuch } from './pour.ts'
import { at, type Fault, type FaultKind } from './schedule.ts'
import type { Line } from './stack/line.ts'
import type { Member, Stack } from './stack/stack.ts'

/** Whom faults meet. */
export interface Scene {
  stack: Stack
  cast: Cast
  /** Somebody new begins to write and read. */
  begin(person: Person): void
}

export async function apply(scene: Scene, fault: Fault): Promise<void> {
  await all[fault.kind](scene, fault)
}

/** What one thing can bear only after the other; unrelated things happen at once. */
export function targetOf({ stack }: Scene, { kind, place }: Fault): string {
  // A full disk may end PostgreSQL.
  if (kind.includes('PostgreSQL') || kind === 'fill the disk') return 'database'
  if (kind.includes('Redis')) return 'Redis'
  if (kind === 'change a role' || kind === 'remove a member') return 'team'
  if (kind === 'rotate the secret' || kind === 'stop reading') return kind
  return /a node|the clock/.test(kind) ? (at(stack.members, place)?.node.name ?? '') : `${kind} ${place}`
}

const largeMessages = 30

type Deed = (scene: Scene, fault: Fault) => Promise<void> | void

const deeds: Record<Exclude<FaultKind, AuthorityKind>, Deed> = {
  'kill -9 a node': (scene, fault) => restart(scene, fault, 'SIGKILL'),
  'stop a node in order': (scene, fault) => restart(scene, fault, 'SIGTERM'),
  'freeze a node': async ({ stack }, { place, forMs }) => at(stack.members, place)?.node.freeze(forMs),
  'cut a socket in mid-frame': ({ stack }, { place }) => at(lines(stack), place)?.cutInMidFrame(),
  'cut every connection': ({ stack }) => stack.balancer.relay.cutAll(),
  'delay the wire': ({ stack }, { force, forMs }) => stack.balancer.relay.delayFor(20 + force * 400, forMs),
  'throttle a reader': ({ stack }, { place, forMs }) => at(lines(stack), place)?.holdClient(forMs * 1.2),
  'jump the clock': ({ stack }, { place, force }) =>
    at(stack.members, place)?.node.setClock(Math.round((force - 0.5) * 2 * 3_600_000)),
  'send somebody away': ({ cast }, { place, forMs }) => at([...cast.agents, ...cast.visitors], place)?.away(forMs * 3),
  'stop reading': pour,
  'fill the disk': async ({ stack, cast }, { forMs, force }) => {
    // Down to the last page, or nearly so.
    stack.disk?.fill(force < 0.5 ? 0 : Math.round(force * 512 * 1024))
    writeMuch(cast, largeMessages)
    await wait(forMs)
    stack.disk?.empty()
    await stack.postgres?.revive()
  },
  'drop bus messages': (scene, fault) => disturb(scene, fault, 'drop'),
  'double bus messages': (scene, fault) => disturb(scene, fault, 'double'),
  'delay bus messages': (scene, fault) => disturb(scene, fault, 'delay'),
  'cut the bus': ({ stack }, { place, forMs }) => at(stack.members, place)?.bus?.cutFor(forMs),
  'stall the bus': ({ stack }, { place, forMs }) => at(stack.members, place)?.bus?.stallFor(forMs),
  'restart Redis': ({ stack }, { forMs }) => stack.redis?.restart(forMs / 2),
  'restart PostgreSQL fast': ({ stack }, { forMs }) => stack.postgres?.restart('fast', forMs / 2),
  'restart PostgreSQL at once': ({ stack }, { forMs }) => stack.postgres?.restart('immediate', forMs / 2),
  'cut the database': ({ stack }, { place, forMs }) => at(stack.members, place)?.database?.cutFor(forMs),
  'stall the database': ({ stack }, { place, forMs }) => at(stack.members, place)?.database?.stallFor(forMs),
}

const all: Record<FaultKind, Deed> = { ...deeds, ...authority }

async function restart({ stack }: Scene, { place, force }: Fault, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const node = at(stack.members, place)?.node
  if (!node) return
  await node.kill(signal)
  await wait(force * 800)
  await node.start()
}

function disturb({ stack }: Scene, { place, force, forMs }: Fault, mischief: 'drop' | 'double' | 'delay'): void {
  const member: Member | undefined = at(stack.members, place)
  member?.unreliable?.begin(mischief, 0.1 + force * 0.9, forMs * 2)
}

const lines = ({ balancer }: Stack): Line[] => [...balancer.relay.lines]

/**
 * What goes wrong when: drawn from the seed before anything runs, so that the same seed gives the same schedule. What
 * the processes make of it, and where exactly a fault meets them, differs from run to run.
 */
import { Seeded } from './seeded.ts'

export type StackKind = 'sqlite' | 'cluster'

/** What can go wrong, and how often it does in relation to the others. */
const everywhere = {
  'kill -9 a node': 5,
  'stop a node in order': 2,
  'freeze a node': 4,
  'cut a socket in mid-frame': 8,
  'cut every connection': 2,
  'delay the wire': 3,
  'throttle a reader': 2,
  'jump the clock': 3,
  'send somebody away': 4,
  'stop reading': 2,
  'fill the disk': 3,
  'rotate the secret': 3,
  'renew a session': 3,
  'sign somebody out': 3,
  'change a role': 4,
  'remove a member': 3,
  'take a conversation away': 4,
  'move between departments': 4,
}
const ofCluster = {
  'drop bus messages': 4,
  'double bus messages': 4,
  'delay bus messages': 4,
  'cut the bus': 3,
  'stall the bus': 3,
  'restart Redis': 2,
  'restart PostgreSQL fast': 2,
  'restart PostgreSQL at once': 2,
  'cut the database': 3,
  'stall the database': 3,
}

export type FaultKind = keyof typeof everywhere | keyof typeof ofCluster

export interface Fault {
  kind: FaultKind
  atMs: number
  /** How long it lasts, for what lasts. */
  forMs: number
  /** Whom it hits, as a place from 0 up to 1 among those who are there. */
  place: number
  /** How bad it is, from 0 up to 1. */
  force: number
}

/** Who stands at a fault's place. */
export function at<Item>(items: readonly Item[], place: number): Item | undefined {
  return items[Math.floor(place * items.length)]
}

export interface Plan {
  seed: number
  stack: StackKind
  faults: number
  seconds: number
  /** Only these; all that fit the stack unless told. */
  only?: readonly FaultKind[]
}

export function schedule({ seed, stack, faults, seconds, only }: Plan): Fault[] {
  const chance = new Seeded(seed)
  const weights = weightsOf(stack, only)
  return Array.from({ length: faults }, (): Fault => {
    const kind = chance.weighted<FaultKind>(weights) ?? 'kill -9 a node'
    return {
      kind,
      atMs: Math.floor(chance.next() * seconds * 1000),
      forMs: chance.whole(300, 3_500),
      place: chance.next(),
      force: chance.next(),
    }
  }).sort((one, other) => one.atMs - other.atMs)
}

export const faultKinds = Object.keys({ ...everywhere, ...ofCluster }) as FaultKind[]

function weightsOf(stack: StackKind, only: readonly FaultKind[] | undefined): Partial<Record<FaultKind, number>> {
  const all: Partial<Record<FaultKind, number>> = stack === 'sqlite' ? everywhere : { ...everywhere, ...ofCluster }
  if (!only) return all
  return Object.fromEntries(
    faultKinds.filter((kind) => only.includes(kind) && kind in all).map((kind) => [kind, all[kind]]),
  )
}

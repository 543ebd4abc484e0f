/** One round: a stack under steady load, faults by schedule, a while to recover, and the checker's verdict. */
import { setTimeout as wait } from 'node:timers/promises'
import { closeCodes } from '../protocol/limits.ts'
import { apply, type Scene, targetOf } from './apply.ts'
import { caughtUp, check } from './check/check.ts'
import type { Finding } from './check/finding.ts'
import { readApi, readStored } from './check/read-rows.ts'
import type { Rows } from './check/rows.ts'
import { type Cast, gather } from './people/cast.ts'
import { live } from './people/habits.ts'
import type { Journal } from './people/journal.ts'
import type { Person } from './people/person.ts'
import { type Fault, type Plan, schedule } from './schedule.ts'
import { Seeded } from './seeded.ts'
import { type Stack, startStack } from './stack/stack.ts'

export interface RoundOptions extends Plan {
  visitors: number
  /** The project whose server is tested; this one unless told. */
  root?: string
  /** How many seconds everybody has to catch up in, in the end. */
  patience?: number
  tell?: (line: string) => void
}

export interface Verdict {
  findings: Finding[]
  faults: Fault[]
  /** Nodes that ended by themselves. */
  deaths: string[]
  /** Faults that could not be done. */
  failures: string[]
  messages: number
  acked: number
  frames: number
  resumed: number
  resets: number
  /** Sessions that ended, and readers that were too slow. */
  ended: number
  tooSlow: number
  /** How often each code was given, on purpose or because something was broken. */
  refusals: Record<string, number>
  /** How long it took until everybody had everything, after the last fault. */
  recoveredMs: number
}

const patienceSeconds = 60
/** Servers and a small disk are not to be left behind. */
const signals = ['SIGINT', 'SIGTERM'] as const

export async function runRound(options: RoundOptions): Promise<Verdict> {
  const tell = options.tell ?? (() => {})
  const chance = new Seeded(options.seed + 1)
  const { stack: kind, root } = options
  const onDeath = (node: { start(): Promise<void>; name: string }, said: string) => {
    tell(`${node.name} has ended by itself: ${said}`)
    setTimeout(() => node.start().catch(() => {}), 300)
  }
  const stack = await startStack({ kind, random: () => chance.next(), onDeath, smallDisk: true, ...(root && { root }) })
  const leave = () => void stack.stop().finally(() => process.exit(130))
  for (const signal of signals) process.once(signal, leave)
  let cast: Cast | undefined
  try {
    cast = await gather(stack.balancer.url, options.visitors, options.seed)
    return await play(stack, cast, options, tell)
  } finally {
    for (const person of [...(cast?.agents ?? []), ...(cast?.visitors ?? [])]) person.stop()
    await stack.stop()
    for (const signal of signals) process.off(signal, leave)
  }
}

async function play(stack: Stack, cast: Cast, plan: RoundOptions, tell: (line: string) => void): Promise<Verdict> {
  const faults = schedule(plan)
  const stops: (() => void)[] = []
  const begin = (person: Person) => {
    person.start()
    stops.push(liveIn(cast, person))
  }
  for (const person of [...cast.agents, ...cast.visitors]) begin(person)
  await wait(1_500)
  const failures = await applyAll({ stack, cast, begin }, faults, plan.seconds, tell)
  for (const stop of stops) stop()
  for (const { node } of stack.members) node.setClock(0)
  const people = [...cast.agents, ...cast.visitors]
  const journals = people.map(({ journal }) => journal)
  const began = performance.now()
  const rows = await recover(stack, people, journals, plan.patience ?? patienceSeconds)
  const recoveredMs = performance.now() - began
  const api = await readApi(cast.owner, cast.project)
  const findings = check(journals, { ...rows, api }, cast.ledger)
  return { findings, faults, deaths: stack.deaths, failures, recoveredMs, ...count(journals, rows) }
}

/** Lets somebody write and read; gives the way to stop. */
function liveIn({ visitors, team }: Cast, person: Person): () => void {
  const foreignMessage = (of: Person) => {
    const strangers = visitors.filter(({ options }) => options.reader !== of.options.reader)
    const acked = of.options.chance.pick(strangers)?.journal.entries.findLast(({ kind }) => kind === 'acked')
    return acked?.kind === 'acked' ? acked.message : undefined
  }
  const others = { foreignMessage, agentIds: () => team.memberIds(), departmentIds: () => team.departmentIds() }
  if (person.options.reader.kind === 'agent') return live(person, others, 900)
  // One allowance for both tabs (DL7).
  const tabs = visitors.filter(({ options }) => options.seat === person.options.seat).length
  return live(person, others, tabs > 1 ? 3_600 : 1_600)
}

/** Each at its time; what meets the same target waits for the one before. */
async function applyAll(scene: Scene, faults: Fault[], seconds: number, tell: (line: string) => void) {
  const failures: string[] = []
  const chains = new Map<string, Promise<void>>()
  const began = performance.now()
  for (const fault of faults) {
    await wait(Math.max(0, fault.atMs - (performance.now() - began)))
    const target = targetOf(scene, fault)
    tell(`${(fault.atMs / 1000).toFixed(1).padStart(6)} s  ${fault.kind}`)
    const done = (chains.get(target) ?? Promise.resolve()).then(() => apply(scene, fault))
    chains.set(
      target,
      done.catch((error) => void failures.push(`${fault.kind}: ${error}`)),
    )
  }
  await wait(Math.max(0, seconds * 1000 - (performance.now() - began)))
  await Promise.all(chains.values())
  return failures
}

/** Waits until everybody is answered and knows everything, or for long enough; then nobody writes another word. */
async function recover(stack: Stack, people: Person[], journals: Journal[], seconds: number): Promise<Rows> {
  const until = performance.now() + seconds * 1_000
  while (performance.now() < until) {
    await wait(500)
    if (people.every(({ settled }) => settled) && caughtUp(journals, await readStored(stack))) break
  }
  // A journal that goes on would tell of what came after the rows were read.
  for (const person of people) person.stop()
  return readStored(stack)
}

function count(journals: Journal[], rows: Rows) {
  const entries = journals.flatMap((journal) => journal.entries)
  const of = (kind: string) => entries.filter((entry) => entry.kind === kind).length
  return {
    messages: rows.messages.length,
    acked: of('acked'),
    frames: of('message') + of('conversation') + of('read') + of('gone'),
    resumed: entries.filter((entry) => entry.kind === 'welcome' && entry.resumed).length,
    resets: of('reset'),
    ended: of('ended'),
    tooSlow: entries.filter((entry) => entry.kind === 'closed' && entry.code === closeCodes.tooSlow).length,
    refusals: Object.fromEntries(
      [
        ...Map.groupBy(
          entries.filter((entry) => entry.kind === 'refused'),
          ({ code }) => code,
        ),
      ].map(([code, { length }]) => [code, length]),
    ),
  }
}

/** One round: a server, the corpus, then as much as was asked for, from many lanes at once, under watch throughout. */
import { Seeded } from '../faults/seeded.ts'
import { root } from '../scripts/sources.ts'
import { CallerOfCases } from './caller.ts'
import { type Case, type Finding, sizeOf } from './case.ts'
import { assemble } from './cast.ts'
import { tcpCase } from './make/bytes.ts'
import { httpCase } from './make/requests.ts'
import { socketCase } from './make/sockets.ts'
import { Play } from './play.ts'
import { type Memory, Server } from './server.ts'
import { Watch } from './watch.ts'

export interface RoundOptions {
  seed: number
  frames: number
  bodies: number
  /** Stops before all is sent. */
  seconds?: number
  corpus: Case[]
  /** The folder of the project whose server it is. */
  root?: string
  tell(text: string): void
}

export interface Verdict {
  findings: Finding[]
  frames: number
  bodies: number
  cases: number
  outcomes: Record<string, number>
  memory: { warm: Memory; end: Memory }
  slowestProbeMs: number
  seconds: number
}

const lanes = { frames: 24, bodies: 12 }
/** One connection in so many is a line on which HTTP itself is broken. */
const brokenLines = 8
const tellEvery = 50_000
/** After so much of a round everything has been loaded, compiled and cached once. */
const warmAfter = 0.2

export async function runRound(options: RoundOptions): Promise<Verdict> {
  const began = performance.now()
  const server = await Server.start(options.root ?? root)
  const watch = new Watch(server)
  const sent = { frames: 0, bodies: 0, cases: 0 }
  const next = { frames: 0, bodies: 0 }
  let told = 0
  let warm: Memory | undefined
  try {
    const cast = await assemble(server.url)
    const play = new Play(server, watch)
    const first = new CallerOfCases(cast, server.url, 'corpus')
    await first.comeIn()
    for (const each of options.corpus) await play.play(first, each)
    watch.begin()

    const total = options.frames + options.bodies
    const until = began + (options.seconds ?? Number.POSITIVE_INFINITY) * 1000
    const mayGoOn = () => !watch.dead && performance.now() < until
    const lane = async (kind: 'frames' | 'bodies', number: number) => {
      const caller = new CallerOfCases(cast, server.url, `${kind}-${number}`)
      await caller.comeIn()
      while (sent[kind] < options[kind] && mayGoOn()) {
        const at = next[kind]++
        const each = caseAt(options.seed, kind, at)
        sent[kind] += sizeOf(each)
        sent.cases += 1
        await play.play(caller, each)
        if (!warm && sent.frames + sent.bodies > total * warmAfter) {
          warm = { rss: 0, heap: 0 }
          warm = await server.memory()
        }
        if (sent.frames + sent.bodies < told + tellEvery) continue
        told = sent.frames + sent.bodies
        tellProgress(options, sent, await server.memory(), watch)
      }
    }
    const running = (['frames', 'bodies'] as const).flatMap((kind) =>
      Array.from({ length: lanes[kind] }, (_none, number) => lane(kind, number)),
    )
    const ends = await Promise.allSettled(running)
    for (const end of ends) if (end.status === 'rejected') watch.report('death', String(end.reason), [])
    const end = watch.dead ? { rss: 0, heap: 0 } : await server.memory()
    watch.judgeMemory(warm ?? end, end)
    return {
      ...sent,
      findings: watch.findings,
      outcomes: Object.fromEntries([...play.outcomes].sort(([, a], [, b]) => b - a)),
      memory: { warm: warm ?? end, end },
      slowestProbeMs: watch.slowestProbeMs,
      seconds: (performance.now() - began) / 1000,
    }
  } finally {
    watch.end()
    await server.stop()
  }
}

/** The same for the same seed, whatever else happens in the round. */
export function caseAt(seed: number, kind: 'frames' | 'bodies', at: number): Case {
  const rng = new Seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(at * 2 + (kind === 'frames' ? 0 : 1), 0x85ebca6b))
  if (kind === 'bodies') return httpCase(rng)
  return at % brokenLines === 0 ? tcpCase(rng) : socketCase(rng)
}

function tellProgress(
  { tell }: RoundOptions,
  sent: { frames: number; bodies: number },
  { rss, heap }: Memory,
  { findings }: Watch,
): void {
  const memory = `RSS ${megabytes(rss)}, heap ${megabytes(heap)}`
  tell(`  ${sent.frames} frames, ${sent.bodies} bodies, ${memory}, ${findings.length} findings`)
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

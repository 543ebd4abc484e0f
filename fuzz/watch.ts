/** Watches the server while it is fuzzed: does it live, answer, keep its memory and its peace? */
import type { Case, Finding } from './case.ts'
import type { Memory, Server } from './server.ts'

const probeEveryMs = 250
const probeWithinMs = 2_000
/** Beyond these nothing that a sound server keeps explains the growth of a round. */
const mostHeapGrowth = 12e6
const mostRssGrowth = 160e6
/** One of a kind shows what is wrong; the hundredth only hides the others. */
const keptOfAKind = 2

export class Watch {
  readonly findings: Finding[] = []
  dead = false
  slowestProbeMs = 0
  #server: Server
  #underWay = new Set<Case>()
  #kinds = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #over = false
  #heardComplaints = 0

  constructor(server: Server) {
    this.#server = server
    void server.ended.then((how) => {
      if (this.#over) return
      this.dead = true
      this.report('death', `${how}: ${server.complaints.slice(-5).join('\n')}`, [...this.#underWay])
    })
  }

  begin(): void {
    this.#timer = setTimeout(() => void this.#look(), probeEveryMs)
  }

  end(): void {
    this.#hearComplaints()
    this.#over = true
    clearTimeout(this.#timer)
  }

  /** Call what is given back when the case is over. */
  underWay(each: Case): () => void {
    this.#underWay.add(each)
    return () => this.#underWay.delete(each)
  }

  report(rule: Finding['rule'], what: string, cases: Case[]): void {
    const kind = `${rule} ${what.replace(/[0-9a-f-]{8,}|\d+/g, '#').slice(0, 60)}`
    const times = (this.#kinds.get(kind) ?? 0) + 1
    this.#kinds.set(kind, times)
    if (times <= keptOfAKind) this.findings.push({ rule, what, cases })
  }

  judgeMemory(warm: Memory, end: Memory): void {
    this.#hearComplaints()
    const grown = { heap: end.heap - warm.heap, rss: end.rss - warm.rss }
    if (grown.heap > mostHeapGrowth) this.report('memory', `the heap has grown by ${grown.heap} bytes`, [])
    if (grown.rss > mostRssGrowth) this.report('memory', `RSS has grown by ${grown.rss} bytes`, [])
  }

  async #look(): Promise<void> {
    const began = performance.now()
    const healthy = await this.#server.healthy(probeWithinMs)
    if (this.#over || this.dead) return
    this.slowestProbeMs = Math.max(this.slowestProbeMs, performance.now() - began)
    if (!healthy) this.report('hang', 'the health probe was not answered in time', [...this.#underWay])
    this.#hearComplaints()
    this.#timer = setTimeout(() => void this.#look(), probeEveryMs)
  }

  #hearComplaints(): void {
    const fresh = this.#server.complaints.slice(this.#heardComplaints)
    this.#heardComplaints += fresh.length
    for (const line of fresh) this.report('log', line, [...this.#underWay])
  }
}

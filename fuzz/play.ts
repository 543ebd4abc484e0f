/** Plays one case and holds what came of it against the oracle. */
import { type CallerOfCases, signsOut } from './caller.ts'
import type { Case, SocketCase } from './case.ts'
import { type Wrong, wrongInAnswer, wrongOnLine, wrongOnSocket } from './oracle.ts'
import type { Server } from './server.ts'
import { callHttp } from './talk/http.ts'
import { playSocket, type Said } from './talk/sockets.ts'
import { playTcp } from './talk/tcp.ts'
import type { Watch } from './watch.ts'

export class Play {
  /** How often which code was answered: shows that a round gets beyond the door. */
  readonly outcomes = new Map<string, number>()
  #server: Server
  #watch: Watch

  constructor(server: Server, watch: Watch) {
    this.#server = server
    this.#watch = watch
  }

  async play(caller: CallerOfCases, each: Case): Promise<void> {
    if (signsOut(each)) return
    const done = this.#watch.underWay(each)
    const wrong = await this.#wrongIn(caller, each)
    done()
    if (wrong && !this.#watch.dead) this.#watch.report(wrong.rule, wrong.what, [each])
  }

  async #wrongIn(caller: CallerOfCases, each: Case): Promise<Wrong | undefined> {
    const { port } = this.#server
    if (each.way === 'tcp') {
      const received = await playTcp(port, caller, each)
      this.#count(`tcp ${received.slice(9, 12)}`)
      return wrongOnLine(received)
    }
    if (each.way === 'socket') {
      const said = await playSocket(port, caller, each)
      await this.#learn(caller, each, said)
      return wrongOnSocket(each, said)
    }
    const answer = await callHttp(port, caller, each)
    this.#count(typeof answer === 'string' ? answer : `http ${answer.status}`)
    const mayHaveEnded = each.who === 'visitor' && each.path.includes('visitor-session')
    if (typeof answer !== 'string' && answer.status < 300 && mayHaveEnded) await caller.comeIn()
    return wrongInAnswer(each, answer)
  }

  async #learn(caller: CallerOfCases, { who }: SocketCase, said: Said): Promise<void> {
    this.#count(`socket ${said.closed ?? said.ending}`)
    for (const text of said.frames) {
      const type = text.match(/^\{"type":"(\w+)"(?:,"code":"(\w+)")?/)
      this.#count(`frame ${type?.[1]}${type?.[2] ? ` ${type[2]}` : ''}`)
      if (who !== 'visitor') continue
      const cursor = text.match(/"cursor":"([^"]+)"/)?.[1]
      if (cursor) caller.learn({ cursor })
      const own = text.match(/^\{"type":"ack".*?"id":"([^"]+)".*?"conversationId":"([^"]+)"/)
      if (own?.[1] && own[2]) caller.learn({ message: own[1], conversation: own[2] })
      if (type?.[1] === 'ended') await caller.comeIn()
    }
  }

  #count(name: string): void {
    this.outcomes.set(name, (this.outcomes.get(name) ?? 0) + 1)
  }
}

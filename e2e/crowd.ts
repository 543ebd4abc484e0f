import { createApi } from '../client/api.ts'
import { Agent } from '../scripts/demo/agent.ts'
import { until } from '../server/test/cluster/until.ts'
import { type Owner, ownerAccount } from './owner.ts'
import { Talker } from './talker.ts'

/** Each says something as often as this. */
const visitorEveryMs = 500
const agentEveryMs = 250
const patienceMs = 20_000

interface Visitor {
  /** The tab in which he writes, and one in which he only reads. */
  tabs: [Talker, Talker]
  conversation: string
  written: string[]
}

interface Answering {
  name: string
  talker: Talker
  /** By conversation. */
  written: Map<string, string[]>
}

/** People in their browsers who write to each other steadily. */
export class Crowd {
  readonly visitors: Visitor[]
  readonly agents: Answering[]

  private constructor(visitors: Visitor[], agents: Answering[]) {
    this.visitors = visitors
    this.agents = agents
  }

  static async gather(url: string, owner: Owner, size: { visitors: number; agents: number }): Promise<Crowd> {
    const names = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind} ${index}`)
    const visitors = await Promise.all(names('visitor', size.visitors).map((name) => arrive(url, owner.project, name)))
    const agents = await Promise.all(names('agent', size.agents).map((name) => signIn(url, owner.project, name)))
    const crowd = new Crowd(visitors, agents)
    await until(() => crowd.talkers.every(({ isOpen }) => isOpen), patienceMs)
    return crowd
  }

  get talkers(): Talker[] {
    return [...this.visitors.flatMap(({ tabs }) => tabs), ...this.agents.map(({ talker }) => talker)]
  }

  /** Everybody writes from now on, each in a rhythm of his own, until told to stop. */
  talk(): () => void {
    const timers = this.visitors.map((visitor, index) => setInterval(() => sayNext(visitor), visitorEveryMs + index))
    let count = 0
    for (const [index, agent] of this.agents.entries()) {
      const answer = () => {
        count += 1
        const conversation = this.visitors[count % this.visitors.length]?.conversation ?? ''
        reply(agent, conversation, count)
      }
      timers.push(setInterval(answer, agentEveryMs + index))
    }
    return () => timers.forEach(clearInterval)
  }

  leave() {
    for (const talker of this.talkers) talker.stop()
  }
}

async function arrive(url: string, project: string, name: string): Promise<Visitor> {
  const anybody = createApi({ baseUrl: url, session: () => undefined })
  const params = { project }
  const { session } = await anybody('POST /projects/:project/visitor-sessions', { params, body: {} })
  const newTab = () => {
    const api = createApi({ baseUrl: url, session: () => session })
    const talker = new Talker({ url, hello: { project, session }, api })
    talker.start()
    return talker
  }
  const tabs: Visitor['tabs'] = [newTab(), newTab()]
  // Whoever connects later is told of the conversation, but not what was said before.
  await until(() => tabs.every(({ isOpen }) => isOpen), patienceMs)
  const written = [`${name} says hello`]
  tabs[0].write(`${name} says hello`, null)
  await until(() => tabs.every(({ heard }) => heard.length === 1), patienceMs)
  return { tabs, conversation: tabs[0].heard[0]?.conversationId ?? '', written }
}

/** The owner, in one more browser. */
async function signIn(url: string, project: string, name: string): Promise<Answering> {
  const browser = new Agent(url)
  const { email, password } = ownerAccount
  await browser.api('POST /agent-session', { body: { email, password } })
  const { api, headers } = browser
  const talker = new Talker({ url, hello: { project }, headers, api })
  talker.start()
  return { name, talker, written: new Map() }
}

function sayNext({ tabs, conversation, written }: Visitor) {
  const text = `${written[0]} ${written.length}`
  tabs[0].write(text, conversation)
  written.push(text)
}

/** Every tenth is a note, which goes over HTTP. */
function reply({ name, talker, written }: Answering, conversation: string, count: number) {
  const isNote = count % 10 === 0
  const text = `${name} ${isNote ? 'notes' : 'says'} ${count}`
  talker.write(text, conversation, isNote ? 'note' : undefined)
  written.set(conversation, [...(written.get(conversation) ?? []), text])
}

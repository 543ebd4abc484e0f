import { Agent } from '../scripts/demo/agent.ts'

export const ownerAccount = { name: 'Ada Marsh', email: 'ada@example.com', password: 'correct horse battery' }

/** Who owns the project and asks the server itself, past every browser. */
export class Owner {
  readonly project: string
  readonly #agent: Agent

  private constructor(agent: Agent, project: string) {
    this.#agent = agent
    this.project = project
  }

  static async setUp(url: string): Promise<Owner> {
    const agent = new Agent(url)
    const { project } = await agent.api('POST /setup', { body: { ...ownerAccount, projectName: 'Halden Tea' } })
    return new Owner(agent, project.id)
  }

  /** Revokes the present ones. */
  async generateSecret(): Promise<string> {
    const params = { project: this.project }
    return (await this.#agent.api('POST /projects/:project/shared-secrets', { params, body: {} })).secret
  }

  /** The texts, in order, of every conversation that begins with this one: of one, if nothing went wrong. */
  async stored(first: string): Promise<string[]> {
    const params = { project: this.project }
    const list = await this.#agent.api('GET /projects/:project/conversations', { params, query: { limit: '50' } })
    const all = await Promise.all(list.conversations.map(({ id }) => this.messagesOf(id)))
    return all.filter(([text]) => text === first).flat()
  }

  async messagesOf(conversation: string): Promise<string[]> {
    const answer = await this.#agent.api('GET /conversations/:conversation/messages', {
      params: { conversation },
      query: { limit: '200' },
    })
    return answer.messages.map(({ text }) => text)
  }
}

import { Agent } from '../scripts/demo/agent.ts'

export const ownerAccount = { name: 'Ada Marsh', email: 'ada@example.com', password: 'correct horse battery' }

/** Who owns the project and asks the server itself, past every browser. */
export class Owner {
  readonly project: string
  readonly #url: string
  readonly id: string
  readonly #agent: Agent

  private constructor(url: string, agent: Agent, id: string, project: string) {
    this.#url = url
    this.#agent = agent
    this.id = id
    this.project = project
  }

  static async setUp(url: string): Promise<Owner> {
    const agent = new Agent(url)
    const made = await agent.api('POST /setup', { body: { ...ownerAccount, projectName: 'Halden Tea' } })
    return new Owner(url, agent, made.agent.id, made.project.id)
  }

  /** Somebody who answers chats, and sees what is nobody's or his own. */
  async addAgent({ name, email, password }: typeof ownerAccount) {
    const params = { project: this.project }
    const body = { email, role: 'agent' as const }
    const { link } = await this.#agent.api('POST /projects/:project/invitations', { params, body })
    const token = link.split('#')[1] ?? ''
    await new Agent(this.#url).api('POST /invitations/accept', { body: { token, name, password } })
  }

  /** From now on the conversation is his. */
  async take(conversation: string) {
    await this.#agent.api('PATCH /conversations/:conversation', {
      params: { conversation },
      body: { assigneeId: this.id },
    })
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
    // What people wrote; lines that say who joined are nobody's.
    return answer.messages.filter(({ author }) => author.kind !== 'system').map(({ text }) => text)
  }
}

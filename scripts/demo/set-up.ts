import { randomBytes, randomUUID } from 'node:crypto'
import type { Api } from '../../client/api.ts'
import { agentApi } from './agent.ts'
import { type Story, stories } from './stories.ts'
import { Visitor } from './visitor.ts'

/** What the demo must remember from one start to the next: the secret is shown only once. */
export interface Demo {
  project: string
  secret: string
  logIns: LogIn[]
}

interface LogIn {
  name: string
  email: string
  password: string
  role: 'owner' | 'agent'
}

interface Team {
  ada: Api
  noor: Api
  ids: Record<'ada' | 'noor', string>
}

/** The clock that the server was started with, so that the past can be written in the past. */
export interface Clock {
  now: number
}

/** Sets an empty server up: owner, project, second agent, secret, and a week of conversations. */
export async function setUp(url: string, clock: Clock): Promise<Demo> {
  const present = clock.now
  clock.now = present - 8 * 24 * 60 * 60_000
  const logIns: LogIn[] = [
    { name: 'Ada Marsh', email: 'ada@example.com', password: newPassword(), role: 'owner' },
    { name: 'Noor Visser', email: 'noor@example.com', password: newPassword(), role: 'agent' },
  ]
  const { project, team } = await openShop(url, logIns)
  const { secret } = await team.ada('POST /projects/:project/shared-secrets', { params: { project }, body: {} })
  for (const story of stories) {
    clock.now = present - story.minutesAgo * 60_000
    await play({ url, project, secret, now: () => clock.now }, team, story, clock)
  }
  clock.now = present
  return { project, secret, logIns }
}

async function openShop(url: string, [owner, agent]: LogIn[]): Promise<{ project: string; team: Team }> {
  if (!owner || !agent) throw new Error('The demo needs an owner and an agent.')
  const ada = agentApi(url)
  const noor = agentApi(url)
  const { name, email, password } = owner
  const made = await ada('POST /setup', { body: { name, email, password, projectName: 'Halden Tea' } })
  const project = made.project.id
  await ada('PATCH /projects/:project', {
    params: { project },
    body: {
      widget: {
        themeColor: '#2f5d46',
        welcomeTitle: 'Ask us about tea',
        welcomeMsg: 'We are usually here within a few minutes.',
      },
    },
  })
  const { link } = await ada('POST /projects/:project/invitations', {
    params: { project },
    body: { email: agent.email, role: 'agent' },
  })
  const joined = await noor('POST /invitations/accept', {
    body: { token: tokenIn(link), name: agent.name, password: agent.password },
  })
  return { project, team: { ada, noor, ids: { ada: made.agent.id, noor: joined.agent.id } } }
}

async function play(place: Parameters<typeof Visitor.arrive>[0], team: Team, story: Story, clock: Clock) {
  const visitor = await Visitor.arrive(place, story.person)
  const [[, opening], ...lines] = story.lines
  const conversation = await visitor.begin(opening)
  const by = story.assignee ?? 'ada'
  for (const [who, text, minutesLater = 2] of lines) {
    clock.now += minutesLater * 60_000
    if (who === 'visitor') await visitor.say(conversation, text)
    else await write(team[who === 'note' ? by : who], conversation, text, who === 'note')
  }
  const { assignee, state, tags } = story
  if (!assignee && !state && !tags?.length) return
  await team.ada('PATCH /conversations/:conversation', {
    params: { conversation },
    body: { ...(assignee && { assigneeId: team.ids[assignee] }), ...(state && { state }), ...(tags && { tags }) },
  })
}

async function write(agent: Api, conversation: string, text: string, note: boolean) {
  await agent('POST /conversations/:conversation/messages', {
    params: { conversation },
    body: { clientId: randomUUID(), text, ...(note && { kind: 'note' }) },
  })
}

function newPassword() {
  return randomBytes(9).toString('base64url')
}

/** An invitation's token is the last part of its link, so that it never reaches a server's log. */
function tokenIn(link: string): string {
  const token = link.split(/[#/=]/).at(-1)
  if (!token) throw new Error(`There is no token in ${link}`)
  return token
}

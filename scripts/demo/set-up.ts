import { randomBytes } from 'node:crypto'
import { Agent } from './agent.ts'
import { type Line, type Story, stories } from './stories.ts'
import { type Site, Visitor } from './visitor.ts'

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
  ada: Agent
  noor: Agent
  ids: Record<'ada' | 'noor', string>
}

/** The clock that the server was started with, so that the past can be written in the past. */
export interface Clock {
  now: number
}

const minute = 60_000
const eightDays = 8 * 24 * 60 * minute

/** Sets an empty server up: owner, project, second agent, secret, and a week of conversations. */
export async function setUp(url: string, clock: Clock): Promise<Demo> {
  const present = clock.now
  clock.now = present - eightDays
  const owner: LogIn = { name: 'Ada Marsh', email: 'ada@example.com', password: newPassword(), role: 'owner' }
  const agent: LogIn = { name: 'Noor Visser', email: 'noor@example.com', password: newPassword(), role: 'agent' }
  const { project, team } = await openShop(url, owner, agent)
  const { secret } = await team.ada.api('POST /projects/:project/shared-secrets', { params: { project }, body: {} })
  for (const story of stories) {
    clock.now = present - story.minutesAgo * minute
    await play(story, { url, project, secret, now: () => clock.now }, team, clock)
  }
  clock.now = present
  return { project, secret, logIns: [owner, agent] }
}

async function openShop(url: string, owner: LogIn, agent: LogIn): Promise<{ project: string; team: Team }> {
  const ada = new Agent(url)
  const noor = new Agent(url)
  const { name, email, password } = owner
  const made = await ada.api('POST /setup', { body: { name, email, password, projectName: 'Halden Tea' } })
  const project = made.project.id
  await ada.api('PATCH /projects/:project', {
    params: { project },
    body: {
      widget: {
        themeColor: '#2f5d46',
        welcomeTitle: 'Ask us about tea',
        welcomeMsg: 'We are usually here within a few minutes.',
      },
    },
  })
  const { link } = await ada.api('POST /projects/:project/invitations', {
    params: { project },
    body: { email: agent.email, role: 'agent' },
  })
  const joined = await noor.api('POST /invitations/accept', {
    body: { token: tokenIn(link), name: agent.name, password: agent.password },
  })
  return { project, team: { ada, noor, ids: { ada: made.agent.id, noor: joined.agent.id } } }
}

async function play(story: Story, site: Site, team: Team, clock: Clock) {
  const visitor = await Visitor.arrive(site, story.person)
  const [[, opening], ...lines] = story.lines
  const first = await visitor.begin(opening)
  const conversation = first.conversationId
  let seq = first.seq ?? 0
  for (const [who, text, minutesLater = 2] of lines) {
    clock.now += minutesLater * minute
    if (who === 'visitor') {
      if (isAnswered(story.lines)) await visitor.read(conversation, seq)
      seq = (await visitor.write(conversation, text)).seq ?? seq
    } else {
      const agent = team[who === 'note' ? (story.assignee ?? 'ada') : who]
      seq = (await agent.write(conversation, text, who === 'note' ? 'note' : undefined)) ?? seq
      await agent.read(site.project, conversation, seq)
    }
  }
  await settle(story, conversation, seq, site.project, team)
}

/** What the team did with it in the end. */
async function settle(
  { assignee, state, tags }: Story,
  conversation: string,
  seq: number,
  project: string,
  team: Team,
) {
  if (!assignee) return
  const { api } = team[assignee]
  await team[assignee].read(project, conversation, seq)
  await api('PATCH /conversations/:conversation', {
    params: { conversation },
    body: { assigneeId: team.ids[assignee], ...(state && { state }), ...(tags && { tags }) },
  })
}

function isAnswered(lines: Line[]): boolean {
  return lines.some(([who]) => who === 'ada' || who === 'noor')
}

function newPassword() {
  return randomBytes(9).toString('base64url')
}

/** An invitation's token is the last part of its link, where no server's log sees it. */
function tokenIn(link: string): string {
  const token = link.split(/[#/=]/).at(-1)
  if (!token) throw new Error(`There is no token in ${link}`)
  return token
}

import { beforeAll, describe, expect, test } from 'vitest'
import { type EndpointKey, endpoints } from '../../../protocol/endpoints.ts'
import type { Caller } from '../caller.ts'
import { type Agent, newAgent, Shop, Signet } from '../signet.ts'
import { clientId, conversationOf, everyEndpoint, ofProject, type Rule } from './every-endpoint.ts'

const notSignedIn = /^not_signed_in$/
const noVisitor = /^session_ended$|^not_signed_in$/
const noProject = /^not_found (project|conversation|attachment)$/
const noAttachment = /^not_found attachment$/
const noKey = /^api_key_unknown$/
const forbidden = /^forbidden$/
const accepted = /^accepted$/
const anything = /^(?!forbidden|not_signed_in|session_ended)/

type Who = 'nobody' | 'visitor' | 'another visitor' | 'stranger' | 'agent' | 'admin' | 'owner'

const isMember = (who: Who) => who === 'agent' || who === 'admin' || who === 'owner'
const isVisitor = (who: Who) => who === 'visitor' || who === 'another visitor'

function ofMembers(rule: Rule, who: Who): RegExp {
  if (who === 'stranger') return noProject
  if (!isMember(who)) return notSignedIn
  return rule.split(' ').includes(who) ? accepted : forbidden
}

/** Lists and uploads are everybody's own; what is named in the address is somebody's. */
function inSight(who: Who, key: EndpointKey): RegExp {
  if (who === 'another visitor') return key.includes('/projects/') ? accepted : /^not_found (conversation|attachment)$/
  return who === 'visitor' ? accepted : ofMembers('owner admin agent', who)
}

/** The visitor of the table. */
function ofUploader(who: Who): RegExp {
  if (who === 'nobody') return notSignedIn
  if (who === 'stranger') return noProject
  return who === 'visitor' ? accepted : noAttachment
}

function expected(key: EndpointKey, who: Who): RegExp {
  const { rule } = everyEndpoint[key]
  if (rule === 'anybody') return anything
  if (rule === 'api key') return noKey
  if (rule === 'signed in') return isMember(who) || who === 'stranger' ? accepted : notSignedIn
  if (rule === 'visitor') return isVisitor(who) ? accepted : noVisitor
  if (rule === 'its visitor') return isVisitor(who) ? inSight(who, key) : noVisitor
  if (rule === 'its uploader') return ofUploader(who)
  return rule === 'in sight' ? inSight(who, key) : ofMembers(rule, who)
}

let signet: Signet
let shop: Shop
let people: Map<Who, Agent | undefined>

beforeAll(async () => {
  signet = await Signet.start({ config: { messageBurst: 10_000 } })
  shop = await Shop.open(signet)
  people = new Map<Who, Agent | undefined>([
    ['agent', await shop.member('agent')],
    ['admin', await shop.member('admin')],
    ['owner', await shop.member('owner')],
    ['stranger', (await Shop.open(signet)).owner],
  ])
  return () => signet.stop()
})

async function callerFor(who: Who, key: EndpointKey): Promise<Caller> {
  if (who === 'nobody') return signet.anybody.with({ origin: signet.url })
  if (who === 'visitor') return signet.visitor((await shop.signIn({ external_id: 'the-visitor' })).session)
  if (who === 'another visitor') return signet.visitor((await shop.signIn({ external_id: 'another' })).session)
  // Whoever signs out needs a session to lose.
  if (key === 'DELETE /agent-session') return (await newAgent(signet)).caller
  const agent = people.get(who)
  if (!agent) throw new Error(`There is no ${who}.`)
  return agent.caller
}

async function attempt<K extends EndpointKey>(key: K, who: Who): Promise<string> {
  const input = await everyEndpoint[key].input(shop)
  return (await callerFor(who, key)).refusal(key, input)
}

const isEndpoint = (key: string): key is EndpointKey => Object.hasOwn(endpoints, key)
const keys = Object.keys(endpoints).filter(isEndpoint)
const everybody: Who[] = ['nobody', 'visitor', 'another visitor', 'stranger', 'agent', 'admin', 'owner']

describe.each(everybody)('[AG7][SS10][SS1] %s', (who) => {
  test.each(keys)('%s', async (key) => {
    expect(await attempt(key, who)).toMatch(expected(key, who))
  })
})

test('[HT1] the document says which endpoints are for owners and admins', () => {
  const admins = keys.filter((key) => everyEndpoint[key].rule === 'owner admin')
  expect(keys.filter((key) => 'forAdmins' in endpoints[key])).toEqual(admins)
})

test('[AG7] who is removed may do nothing more, with the cookie he still has', async () => {
  const agent = await shop.member('owner')
  const path = { params: { project: shop.id, agent: agent.id } }
  await shop.owner.caller.call('DELETE /projects/:project/members/:agent', path)
  for (const key of keys.filter(
    (one) => everyEndpoint[one].rule.includes('owner') || everyEndpoint[one].rule === 'in sight',
  )) {
    const input = await everyEndpoint[key].input(shop)
    expect(await agent.caller.refusal(key, input)).toMatch(noProject)
  }
})

test('[AG7] an agent sees what is unassigned and his own; of others’ he does not learn that they exist', async () => {
  const [mine, theirs] = [await shop.member('agent'), await shop.member('agent')]
  const { params } = await conversationOf(shop)
  const assign = (assigneeId: string | null) =>
    shop.owner.caller.call('PATCH /conversations/:conversation', { params, body: { assigneeId } })
  const tries = async ({ caller }: Agent) => [
    await caller.refusal('GET /conversations/:conversation', { params }),
    await caller.refusal('GET /conversations/:conversation/messages', { params, query: {} }),
    await caller.refusal('POST /conversations/:conversation/messages', {
      params,
      body: { clientId: clientId(), text: 'Hi' },
    }),
    await caller.refusal('PATCH /conversations/:conversation', { params, body: { tags: ['a'] } }),
  ]
  const listed = async ({ caller }: Agent) => {
    const list = await caller.call('GET /projects/:project/conversations', { ...ofProject(shop), query: {} })
    return list.conversations.some(({ id }) => id === params.conversation)
  }
  const yes = Array(4).fill('accepted')
  const no = Array(4).fill('not_found conversation')
  expect([await tries(mine), await listed(mine)]).toEqual([yes, true])
  await assign(theirs.id)
  expect([await tries(mine), await listed(mine)]).toEqual([no, false])
  expect([await tries(theirs), await listed(theirs)]).toEqual([yes, true])
  const admin = people.get('admin')
  expect(admin && (await tries(admin))).toEqual(yes)
  await assign(null)
  expect([await tries(mine), await listed(mine)]).toEqual([yes, true])
})

test('[AG7] nobody can be assigned who is no member', async () => {
  const { params } = await conversationOf(shop)
  const body = { assigneeId: people.get('stranger')?.id ?? '' }
  expect(await shop.owner.caller.refusal('PATCH /conversations/:conversation', { params, body })).toBe(
    'not_found assigneeId',
  )
})

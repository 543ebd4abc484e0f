import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Role } from '../../../protocol/records.ts'
import { day } from '../clock.ts'
import { type Agent, newAgent, Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

const ofProject = () => ({ params: { project: shop.id } })
const member = ({ id }: Agent) => ({ params: { project: shop.id, agent: id } })
const setRole = (by: Agent, of: Agent, role: Role) =>
  by.caller.refusal('PATCH /projects/:project/members/:agent', { ...member(of), body: { role } })
const remove = (by: Agent, of: Agent) => by.caller.refusal('DELETE /projects/:project/members/:agent', member(of))
const roleOf = async (agent: Agent) => {
  const { memberships } = await agent.caller.call('GET /me', {})
  return memberships.find(({ project }) => project.id === shop.id)?.role
}

test('[SS10] a project always has an owner: the last one can neither step down nor leave', async () => {
  expect(await setRole(shop.owner, shop.owner, 'admin')).toBe('last_owner role')
  expect(await remove(shop.owner, shop.owner)).toBe('last_owner role')
  const second = await shop.member('owner')
  expect(await setRole(shop.owner, shop.owner, 'agent')).toBe('accepted')
  expect(await remove(second, second)).toBe('last_owner role')
})

test('[SS10] two owners who demote each other at the same moment leave one', async () => {
  const second = await shop.member('owner')
  const outcomes = await Promise.all([setRole(shop.owner, second, 'admin'), setRole(second, shop.owner, 'admin')])
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
  const roles = [await roleOf(shop.owner), await roleOf(second)]
  expect(roles.toSorted()).toEqual(['admin', 'owner'])
})

test('[SS10] two owners who leave at the same moment leave one', async () => {
  const second = await shop.member('owner')
  const outcomes = await Promise.all([remove(shop.owner, shop.owner), remove(second, second)])
  expect(outcomes.toSorted()).toEqual(['accepted', 'last_owner role'])
})

test('[SS10] what guards the chat is told to owners and admins, and to nobody else', async () => {
  const guarding = ['enforcement', 'allowedOrigins', 'legacyId', 'verifiedSessionSeconds', 'singleUseTokens']
  for (const role of ['owner', 'admin', 'agent'] as const) {
    const { caller } = await shop.member(role)
    const me = await caller.call('GET /me', {})
    const { projects } = await caller.call('GET /projects', {})
    const project = await caller.call('GET /projects/:project', ofProject())
    for (const told of [me.memberships[0]?.project, projects[0], project]) {
      expect(told).toMatchObject({ id: shop.id, name: expect.any(String) })
      expect(guarding.filter((field) => field in (told ?? {}))).toEqual(role === 'agent' ? [] : guarding)
    }
  }
})

test('[SS10] only an owner makes, changes or removes owners', async () => {
  const [admin, agent, second] = [await shop.member('admin'), await shop.member('agent'), await shop.member('owner')]
  expect(await setRole(admin, agent, 'owner')).toBe('forbidden')
  expect(await setRole(admin, admin, 'owner')).toBe('forbidden')
  expect(await setRole(admin, second, 'agent')).toBe('forbidden')
  expect(await remove(admin, second)).toBe('forbidden')
  const invite = { ...ofProject(), body: { email: 'x@example.com', role: 'owner' as const } }
  expect(await admin.caller.refusal('POST /projects/:project/invitations', invite)).toBe('forbidden')
  expect(await setRole(shop.owner, agent, 'owner')).toBe('accepted')
  expect(await setRole(admin, admin, 'agent')).toBe('accepted')
})

test('[SS10] whoever is no member of the project cannot be changed through it', async () => {
  const stranger = await newAgent(signet)
  expect(await setRole(shop.owner, stranger, 'admin')).toBe('not_found agent')
  expect(await remove(shop.owner, stranger)).toBe('not_found agent')
})

test('[AG7] a changed role takes effect on an open socket', async () => {
  const agent = await shop.member('admin')
  const visitor = await shop.connect((await shop.signIn()).session)
  const { conversationId } = await visitor.write('Hello')
  const assign = { params: { conversation: conversationId }, body: { assigneeId: shop.owner.id } }
  await shop.owner.caller.call('PATCH /conversations/:conversation', assign)
  const socket = await shop.connectAgent(agent)
  await visitor.write('an admin sees this', conversationId)
  await socket.next('message')
  await setRole(shop.owner, agent, 'agent')
  await socket.next('reset')
  const welcome = await socket.next('welcome')
  expect(welcome.self).toMatchObject({ kind: 'agent', role: 'agent' })
  expect(welcome.conversations).toEqual([])
  await visitor.write('an agent does not', conversationId)
  expect(await socket.settled()).toEqual([])
  socket.say({ type: 'send', clientId: crypto.randomUUID(), conversationId, text: 'Hi' })
  expect((await socket.next('error')).code).toBe('not_found')
  await setRole(shop.owner, agent, 'admin')
  expect((await socket.next('welcome')).conversations).toHaveLength(1)
  await visitor.write('again', conversationId)
  expect((await socket.next('message')).message.text).toBe('again')
})

test('[AG7] a removed member is sent away, sees nothing of what he gives back, and what was his is everybody’s', async () => {
  const [leaving, staying] = [await shop.member('agent'), await shop.member('agent')]
  const visitor = await shop.connect((await shop.signIn()).session)
  const { conversationId } = await visitor.write('Hello')
  const other = await shop.connect((await shop.signIn({ external_id: 'other' })).session)
  const secret = await other.write('for the owner alone')
  const assign = (conversation: string, assigneeId: string) =>
    shop.owner.caller.call('PATCH /conversations/:conversation', { params: { conversation }, body: { assigneeId } })
  await assign(conversationId, leaving.id)
  await assign(secret.conversationId, shop.owner.id)
  const [gone, here] = [await shop.connectAgent(leaving), await shop.connectAgent(staying)]
  await remove(shop.owner, leaving)
  expect((await gone.next('ended')).reason).toBe('membership_ended')
  expect(await gone.closed).toBe(4401)
  const told = gone.frames.slice(gone.frames.findIndex((frame) => frame.type === 'welcome') + 1)
  expect(told.map((frame) => frame.type).filter((type) => type !== 'presence')).toEqual(['ended'])
  const regained = await here.next('conversation')
  expect(regained.conversation).toMatchObject({ id: conversationId, assignee: null })
  expect(regained.messages?.map((message) => message.text)).toEqual(['Hello', expect.stringContaining('joined')])
})

test('[AG7] a removed member cannot come back over the socket', async () => {
  const agent = await shop.member('agent')
  await remove(shop.owner, agent)
  const socket = await signet.open(agent.headers).opened()
  socket.say({ type: 'hello', v: 1, project: shop.id })
  expect((await socket.next('error')).code).toBe('not_found')
  expect(await socket.closed).toBe(4403)
})

test('[HT2] an agent’s sign-out closes the sockets of that session, and no other', async () => {
  const agent = await shop.member('agent')
  const second = { ...agent, headers: { ...agent.headers } }
  const socket = await shop.connectAgent(agent)
  const elsewhere = await shop.connectAgent(shop.owner)
  await second.caller.call('DELETE /agent-session', {})
  expect((await socket.next('ended')).reason).toBe('signed_out')
  expect(await socket.closed).toBe(4401)
  expect((await elsewhere.settled()).map(({ type }) => type)).not.toContain('ended')
  expect(await agent.caller.refusal('GET /me', {})).toBe('not_signed_in')
})

test('[HT2] an agent’s session lasts 14 days, by the clock', async () => {
  const agent = await shop.member('agent')
  signet.clock.advance(14 * day - 1)
  expect(await agent.caller.refusal('GET /me', {})).toBe('accepted')
  signet.clock.advance(1)
  expect(await agent.caller.refusal('GET /me', {})).toBe('not_signed_in')
})

test('[SS9] roles, invitations and settings are in the audit log', async () => {
  const agent = await shop.member('agent')
  await setRole(shop.owner, agent, 'admin')
  await remove(shop.owner, agent)
  const origins = { allowedOrigins: ['https://shop.example'] }
  await shop.owner.caller.call('PATCH /projects/:project', { ...ofProject(), body: origins })
  const body = { email: 'x@example.com', role: 'agent' as const }
  const { id } = await shop.owner.caller.call('POST /projects/:project/invitations', { ...ofProject(), body })
  const path = { params: { project: shop.id, invitation: id } }
  await shop.owner.caller.call('DELETE /projects/:project/invitations/:invitation', path)
  const rows = await signet.app.model.database.rows<{ action: string; agent_id: string; address: string }>(
    'select action, agent_id, address from audit_log where project_id = ? order by rowid',
    [shop.id],
  )
  expect(rows.slice(1).map((row) => row.action)).toEqual([
    'role_changed',
    'member_removed',
    'project_changed',
    'member_invited',
    'invitation_withdrawn',
  ])
  expect(rows.every((row) => row.agent_id === shop.owner.id && row.address === '127.0.0.1')).toBe(true)
})

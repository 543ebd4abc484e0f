import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { ServerFrame } from '../../../protocol/frames.ts'
import { type Agent, Shop, Signet } from '../signet.ts'
import type { Socket } from '../socket.ts'

let signet: Signet
let shop: Shop
let agent: Agent
let session: string
let visitor: Socket

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
  agent = await shop.member('agent')
  session = (await shop.signIn({ external_id: 'ada' })).session
  visitor = await shop.connect(session)
})

const project = () => ({ params: { project: shop.id } })
const make = (name: string, more: object = {}) =>
  shop.owner.caller.call('POST /projects/:project/departments', { ...project(), body: { name, ...more } })
const path = (department: string) => ({ params: { project: shop.id, department } })
const patch = (department: string, body: object) =>
  shop.owner.caller.call('PATCH /projects/:project/departments/:department', { ...path(department), body })
const change = (conversation: string, body: object) =>
  shop.owner.caller.call('PATCH /conversations/:conversation', { params: { conversation }, body })
const quiet = (frames: ServerFrame[]) => frames.filter(({ type }) => type !== 'presence').map(({ type }) => type)

test('departments are made, listed by name, changed and deleted; the audit log has it', async () => {
  const { id } = await make(' Returns ', { legacyId: 'old-1', agentIds: [agent.id, agent.id] })
  await make('orders')
  await patch(id, { name: 'Zebra', legacyId: null })
  const { departments } = await agent.caller.call('GET /projects/:project/departments', project())
  expect(departments).toMatchObject([
    { name: 'orders', legacyId: null, agentIds: [] },
    { id, name: 'Zebra', legacyId: null, agentIds: [agent.id] },
  ])
  await shop.owner.caller.call('DELETE /projects/:project/departments/:department', path(id))
  const log = await shop.owner.caller.call('GET /projects/:project/audit-log', { ...project(), query: {} })
  expect(log.entries.map(({ action }) => action).slice(0, 4)).toEqual([
    'department_deleted',
    'department_changed',
    'department_made',
    'department_made',
  ])
})

test('refuses a name or legacy id that another has, who is no member, what does not exist, and too many', async () => {
  const refusal = (body: object) =>
    shop.owner.caller.refusal('POST /projects/:project/departments', {
      ...project(),
      body: { name: 'X', ...body },
    })
  const { id } = await make('Orders', { legacyId: 'old-1' })
  const other = await make('Other')
  expect(await refusal({ name: ' ORDERS ' })).toBe('department_taken name')
  expect(await refusal({ legacyId: 'old-1' })).toBe('department_taken legacyId')
  expect(await refusal({ legacyId: id })).toBe('department_taken legacyId')
  expect(await refusal({ agentIds: [(await Shop.open(signet)).owner.id] })).toBe('not_found agentIds')
  expect(await refusal({ name: ' ' })).toBe('invalid_request name')
  const elsewhere = await Shop.open(signet)
  for (const [key, body] of [
    ['PATCH', { name: 'Mine' }],
    ['DELETE', undefined],
  ] as const) {
    const params = { project: elsewhere.id, department: other.id }
    const input = { params, ...(body && { body }) }
    const answer = elsewhere.owner.caller.refusal(`${key} /projects/:project/departments/:department`, input as never)
    expect(await answer).toBe('not_found department')
  }
  for (let count = 2; count < 50; count++) await make(`Department ${count}`)
  expect(await refusal({})).toBe('too_many_departments')
})

test('[AG7][DL4] live, a conversation comes and goes with its department, and with who is in it', async () => {
  const { id: departmentId } = await make('Orders')
  const { conversationId } = await visitor.write('first')
  await change(conversationId, { assigneeId: shop.owner.id })
  const socket = await shop.connectAgent(agent)
  expect(socket.frames.at(-1)).toMatchObject({ type: 'welcome', conversations: [] })
  await patch(departmentId, { agentIds: [agent.id] })
  await socket.next('reset')
  expect((await socket.next('welcome')).conversations).toEqual([])
  await change(conversationId, { departmentId })
  expect(await socket.next('conversation')).toMatchObject({
    conversation: { id: conversationId, department: { id: departmentId, name: 'Orders' } },
    messages: [{ text: 'first' }, { kind: 'system' }],
  })
  await visitor.write('second', conversationId)
  expect((await socket.next('message')).message.text).toBe('second')
  await change(conversationId, { departmentId: null })
  expect((await socket.next('gone')).conversationId).toBe(conversationId)
  await visitor.write('not for him', conversationId)
  expect(quiet(await socket.settled())).toEqual([])
  await change(conversationId, { departmentId })
  await socket.next('conversation')
  await shop.owner.caller.call('DELETE /projects/:project/departments/:department', path(departmentId))
  await socket.next('reset')
  expect((await socket.next('welcome')).conversations).toEqual([])
  await visitor.write('not for him either', conversationId)
  expect(quiet(await socket.settled())).toEqual([])
})

test('a visitor chooses a department with his first message, and is told its name', async () => {
  const { id } = await make('Orders', { legacyId: '5e3' })
  const clientId = crypto.randomUUID()
  visitor.say({ type: 'send', clientId, departmentId: '5e3', text: 'Hello' })
  const { message } = await visitor.next('ack', (frame) => frame.clientId === clientId)
  const params = { conversation: message.conversationId }
  const own = await signet.visitor(session).call('GET /conversations/:conversation', { params })
  expect(own.department).toEqual({ id, name: 'Orders' })
  await patch(id, { name: 'Sales' })
  const told = await visitor.next('conversation', ({ conversation }) => conversation.department?.name === 'Sales')
  expect(told.conversation.id).toBe(message.conversationId)
  const list = (department: string) =>
    shop.owner.caller.call('GET /projects/:project/conversations', { ...project(), query: { department } })
  expect((await list(id)).conversations).toHaveLength(1)
  expect((await list('none')).conversations).toEqual([])
  expect(
    await shop.owner.caller.refusal('PATCH /conversations/:conversation', {
      params,
      body: { departmentId: message.id },
    }),
  ).toBe('not_found departmentId')
})

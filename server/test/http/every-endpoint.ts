/** For every endpoint that there is: who may call it, and with what it can be called. */
import { exportJWK, generateKeyPair } from 'jose'
import type { EndpointKey, Input } from '../../../protocol/endpoints.ts'
import { newId } from '../../model/id.ts'
import { newDelivery, putInOutbox } from '../../model/outbox/put.ts'
import type { Shop } from '../signet.ts'

/** Who may: everybody; whoever is signed in; the members with these roles; who has the conversation in sight. */
export type Rule =
  | 'anybody'
  | 'signed in'
  | 'visitor'
  | 'its visitor'
  | 'its uploader'
  | 'api key'
  | 'owner'
  | 'owner admin'
  | 'owner admin agent'
  | 'in sight'

/** `api key`: nobody in this table has one. */
export type Row<K extends EndpointKey> = { rule: Rule; input: (shop: Shop) => Input<K> | Promise<Input<K>> }

export const ofProject = (shop: Shop) => ({ params: { project: shop.id } })
const listOf = (shop: Shop) => ({ ...ofProject(shop), query: {} })
export const clientId = () => crypto.randomUUID()

export async function conversationOf(shop: Shop) {
  const { session } = await shop.signIn({ external_id: 'the-visitor' })
  const socket = await shop.connect(session)
  const { conversationId } = await socket.write('Hello')
  await socket.leave()
  return { params: { conversation: conversationId } }
}

async function secretOf(shop: Shop) {
  const { id } = await shop.generate({})
  return { params: { project: shop.id, key: id } }
}

async function publicJwk() {
  return { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)) }
}

/** There are at most five live keys. */
async function makeRoom(shop: Shop) {
  const { publicKeys } = await shop.owner.caller.call('GET /projects/:project/public-keys', ofProject(shop))
  for (const { id } of publicKeys) {
    const params = { project: shop.id, key: id }
    await shop.owner.caller.call('DELETE /projects/:project/public-keys/:key', { params })
  }
}

async function publicKeyOf(shop: Shop) {
  await makeRoom(shop)
  const body = { jwk: await publicJwk() }
  const { id } = await shop.owner.caller.call('POST /projects/:project/public-keys', { ...ofProject(shop), body })
  return { params: { project: shop.id, key: id } }
}

async function invitationOf(shop: Shop) {
  const body = { email: `${clientId()}@example.com`, role: 'agent' as const }
  return shop.owner.caller.call('POST /projects/:project/invitations', { ...ofProject(shop), body })
}

async function newVisitor(shop: Shop): Promise<string> {
  const { session, visitor } = await shop.signIn({ external_id: clientId() })
  const socket = await shop.connect(session)
  await socket.write('Hello')
  await socket.leave()
  return visitor.id
}

async function visitorOf(shop: Shop) {
  return { params: { project: shop.id, visitor: await newVisitor(shop) } }
}

async function banOf(shop: Shop) {
  const body = { visitorId: await newVisitor(shop) }
  const { id } = await shop.owner.caller.call('POST /projects/:project/bans', { ...ofProject(shop), body })
  return { params: { project: shop.id, ban: id } }
}

async function apiKeyOf(shop: Shop) {
  const body = { name: 'Backend', scopes: ['visitors:sign_out' as const] }
  const { id } = await shop.owner.caller.call('POST /projects/:project/api-keys', { ...ofProject(shop), body })
  return { params: { project: shop.id, key: id } }
}

async function departmentOf(shop: Shop) {
  const body = { name: clientId() }
  const { id } = await shop.owner.caller.call('POST /projects/:project/departments', { ...ofProject(shop), body })
  return { params: { project: shop.id, department: id } }
}

/** There are at most so many departments. */
async function makeRoomForDepartments(shop: Shop) {
  const { departments } = await shop.owner.caller.call('GET /projects/:project/departments', ofProject(shop))
  for (const { id } of departments) {
    const params = { project: shop.id, department: id }
    await shop.owner.caller.call('DELETE /projects/:project/departments/:department', { params })
  }
}

async function closedConversationOf(shop: Shop) {
  const { params } = await conversationOf(shop)
  await shop.owner.caller.call('PATCH /conversations/:conversation', { params, body: { state: 'resolved' } })
  return { params }
}

/** Of a file that has not been sent. */
async function uploadOf(shop: Shop) {
  const { session } = await shop.signIn({ external_id: 'the-visitor' })
  const { id } = await shop.signet.visitor(session).upload(shop.id)
  return { params: { project: shop.id, attachment: id } }
}

async function attachmentOf(shop: Shop) {
  const { session } = await shop.signIn({ external_id: 'the-visitor' })
  const { id } = await shop.signet.visitor(session).upload(shop.id)
  const socket = await shop.connect(session)
  await socket.writeWith([id])
  await socket.leave()
  return { params: { attachment: id } }
}

const webhook = { url: 'https://hooks.example.com/', events: ['message.added' as const] }

async function webhookOf(shop: Shop) {
  const of = ofProject(shop)
  // A project has ten at most.
  const { webhooks } = await shop.owner.caller.call('GET /projects/:project/webhooks', of)
  for (const { id } of webhooks) {
    const params = { project: shop.id, webhook: id }
    await shop.owner.caller.call('DELETE /projects/:project/webhooks/:webhook', { params })
  }
  const { id } = await shop.owner.caller.call('POST /projects/:project/webhooks', { ...of, body: webhook })
  return { params: { project: shop.id, webhook: id } }
}

async function deliveryOf(shop: Shop) {
  const { params } = await webhookOf(shop)
  const now = shop.signet.clock.ms
  const made = { id: newId(), target: params.webhook, webhook_id: params.webhook, type: 'message.added', body: '{}' }
  // Far off, so that nobody tries it.
  const row = { ...newDelivery(now, made), due_at: now * 2 }
  const { model } = shop.signet.app
  await model.database.transaction((tx) => putInOutbox(tx, model, [row]))
  return { params: { ...params, delivery: made.id } }
}

/** Every endpoint that there is: a new one without a row does not compile. */
export const everyEndpoint: { [K in EndpointKey]: Row<K> } = {
  'GET /setup': { rule: 'anybody', input: () => ({}) },
  'POST /setup': {
    rule: 'anybody',
    input: () => ({ body: { name: 'A', email: 'a@example.com', password: '0123456789', projectName: 'P' } }),
  },
  'POST /agent-session': { rule: 'anybody', input: () => ({ body: { email: 'nobody', password: 'x' } }) },
  'DELETE /agent-session': { rule: 'signed in', input: () => ({}) },
  'POST /password-resets': { rule: 'anybody', input: () => ({ body: { email: 'nobody@example.com' } }) },
  'POST /password-resets/use': {
    rule: 'anybody',
    input: () => ({ body: { token: 'x'.repeat(43), password: '0123456789' } }),
  },
  'GET /me': { rule: 'signed in', input: () => ({}) },
  'GET /projects': { rule: 'signed in', input: () => ({}) },
  'POST /projects': { rule: 'signed in', input: () => ({ body: { name: 'Another' } }) },
  'GET /projects/:project': { rule: 'owner admin agent', input: ofProject },
  'PATCH /projects/:project': {
    rule: 'owner admin',
    input: (shop) => ({ ...ofProject(shop), body: { enforcement: 'report' } }),
  },
  'GET /projects/:project/widget': { rule: 'anybody', input: ofProject },
  'GET /projects/:project/installation': { rule: 'owner admin agent', input: ofProject },
  'GET /projects/:project/enforcement': { rule: 'owner admin', input: ofProject },
  'GET /projects/:project/retention': {
    rule: 'owner admin',
    input: (shop) => ({ ...ofProject(shop), query: { days: '30' } }),
  },
  'GET /projects/:project/shared-secrets': { rule: 'owner admin', input: ofProject },
  'POST /projects/:project/shared-secrets': {
    rule: 'owner admin',
    input: (shop) => ({ ...ofProject(shop), body: {} }),
  },
  'POST /projects/:project/shared-secrets/:key/revoke': { rule: 'owner admin', input: secretOf },
  'POST /projects/:project/shared-secrets/:key/retire': {
    rule: 'owner admin',
    input: async (shop) => ({ ...(await secretOf(shop)), body: { graceSeconds: 60 } }),
  },
  'GET /projects/:project/public-keys': { rule: 'owner admin', input: ofProject },
  'POST /projects/:project/public-keys': {
    rule: 'owner admin',
    input: async (shop) => {
      await makeRoom(shop)
      return { ...ofProject(shop), body: { jwk: await publicJwk() } }
    },
  },
  'DELETE /projects/:project/public-keys/:key': { rule: 'owner admin', input: publicKeyOf },
  'POST /projects/:project/token-checks': {
    rule: 'owner admin',
    input: (shop) => ({ ...ofProject(shop), body: { token: 'no token' } }),
  },
  'GET /projects/:project/webhooks': { rule: 'owner admin', input: ofProject },
  'POST /projects/:project/webhooks': {
    rule: 'owner admin',
    input: async (shop) => {
      await webhookOf(shop)
      return { ...ofProject(shop), body: webhook }
    },
  },
  'PATCH /projects/:project/webhooks/:webhook': {
    rule: 'owner admin',
    input: async (shop) => ({ ...(await webhookOf(shop)), body: { enabled: false } }),
  },
  'DELETE /projects/:project/webhooks/:webhook': { rule: 'owner admin', input: webhookOf },
  'POST /projects/:project/webhooks/:webhook/rotate': { rule: 'owner admin', input: webhookOf },
  'POST /projects/:project/webhooks/:webhook/test': { rule: 'owner admin', input: webhookOf },
  'GET /projects/:project/webhooks/:webhook/deliveries': {
    rule: 'owner admin',
    input: async (shop) => ({ ...(await webhookOf(shop)), query: {} }),
  },
  'POST /projects/:project/webhooks/:webhook/deliveries/:delivery/resend': { rule: 'owner admin', input: deliveryOf },
  'GET /projects/:project/sign-in-log': { rule: 'owner admin', input: (shop) => ({ ...ofProject(shop), query: {} }) },
  'GET /projects/:project/reports': {
    rule: 'owner admin',
    input: (shop) => ({ ...ofProject(shop), query: { from: '2026-01-01', to: '2026-01-31' } }),
  },
  'GET /projects/:project/audit-log': { rule: 'owner admin', input: (shop) => ({ ...ofProject(shop), query: {} }) },
  'POST /projects/:project/visitor-sessions': {
    rule: 'anybody',
    input: (shop) => ({ ...ofProject(shop), body: {} }),
  },
  'GET /visitor-session': { rule: 'visitor', input: () => ({}) },
  'PATCH /visitor-session': { rule: 'visitor', input: () => ({ body: { name: 'Me' } }) },
  'POST /visitor-session/carry-over': { rule: 'visitor', input: () => ({ body: { keep: true } }) },
  'DELETE /visitor-session': { rule: 'visitor', input: () => ({}) },
  'DELETE /projects/:project/visitor-sessions': {
    rule: 'api key',
    input: (shop) => ({ ...ofProject(shop), query: { externalId: 'the-visitor' } }),
  },
  'GET /projects/:project/conversations': {
    rule: 'in sight',
    input: (shop) => ({ ...ofProject(shop), query: {} }),
  },
  'GET /conversations/:conversation': { rule: 'in sight', input: conversationOf },
  'PATCH /conversations/:conversation': {
    rule: 'owner admin agent',
    input: async (shop) => ({ ...(await conversationOf(shop)), body: { state: 'resolved' } }),
  },
  'GET /conversations/:conversation/messages': {
    rule: 'in sight',
    input: async (shop) => ({ ...(await conversationOf(shop)), query: {} }),
  },
  'GET /conversations/:conversation/export': {
    rule: 'in sight',
    input: async (shop) => ({ ...(await conversationOf(shop)), query: {} }),
  },
  'POST /conversations/:conversation/messages': {
    rule: 'in sight',
    input: async (shop) => ({ ...(await conversationOf(shop)), body: { clientId: clientId(), text: 'Hi' } }),
  },
  'POST /projects/:project/attachments': {
    rule: 'in sight',
    input: (shop) => ({ ...ofProject(shop), query: { name: 'note.txt' } }),
  },
  'DELETE /projects/:project/attachments/:attachment': { rule: 'its uploader', input: uploadOf },
  'POST /attachments/:attachment/link': { rule: 'in sight', input: attachmentOf },
  'GET /files/:token': { rule: 'anybody', input: () => ({ params: { token: 'x'.repeat(40) } }) },
  'POST /conversations/:conversation/close': { rule: 'its visitor', input: conversationOf },
  'PUT /conversations/:conversation/rating': {
    rule: 'its visitor',
    input: async (shop) => ({ ...(await closedConversationOf(shop)), body: { stars: 5 } }),
  },
  'GET /projects/:project/departments': { rule: 'owner admin agent', input: ofProject },
  'POST /projects/:project/departments': {
    rule: 'owner admin',
    input: async (shop) => {
      await makeRoomForDepartments(shop)
      return { ...ofProject(shop), body: { name: clientId() } }
    },
  },
  'PATCH /projects/:project/departments/:department': {
    rule: 'owner admin',
    input: async (shop) => ({ ...(await departmentOf(shop)), body: { name: clientId() } }),
  },
  'DELETE /projects/:project/departments/:department': { rule: 'owner admin', input: departmentOf },
  'GET /projects/:project/members': { rule: 'owner admin agent', input: listOf },
  'PATCH /projects/:project/members/:agent': {
    rule: 'owner admin',
    input: async (shop) => ({
      params: { project: shop.id, agent: (await shop.member('agent')).id },
      body: { role: 'admin' },
    }),
  },
  'DELETE /projects/:project/members/:agent': {
    rule: 'owner admin',
    input: async (shop) => ({ params: { project: shop.id, agent: (await shop.member('agent')).id } }),
  },
  'GET /projects/:project/invitations': { rule: 'owner admin', input: listOf },
  'POST /projects/:project/invitations': {
    rule: 'owner admin',
    input: (shop) => ({ ...ofProject(shop), body: { email: `${clientId()}@example.com`, role: 'admin' } }),
  },
  'DELETE /projects/:project/invitations/:invitation': {
    rule: 'owner admin',
    input: async (shop) => ({ params: { project: shop.id, invitation: (await invitationOf(shop)).id } }),
  },
  'GET /projects/:project/bans': { rule: 'owner admin agent', input: listOf },
  'POST /projects/:project/bans': {
    rule: 'owner admin agent',
    input: async (shop) => ({ ...ofProject(shop), body: { visitorId: await newVisitor(shop) } }),
  },
  'DELETE /projects/:project/bans/:ban': { rule: 'owner admin agent', input: banOf },
  'GET /projects/:project/visitors': {
    rule: 'owner admin',
    input: (shop) => ({ ...ofProject(shop), query: { externalId: 'the-visitor' } }),
  },
  'GET /projects/:project/visitors/:visitor': { rule: 'owner admin', input: visitorOf },
  'GET /projects/:project/visitors/:visitor/export': {
    rule: 'owner admin',
    input: async (shop) => ({ ...(await visitorOf(shop)), query: {} }),
  },
  'DELETE /projects/:project/visitors/:visitor': { rule: 'owner admin', input: visitorOf },
  'DELETE /projects/:project/visitors': {
    rule: 'api key',
    input: (shop) => ({ ...ofProject(shop), query: { externalId: clientId() } }),
  },
  'GET /projects/:project/api-keys': { rule: 'owner admin', input: ofProject },
  'POST /projects/:project/api-keys': {
    rule: 'owner admin',
    input: (shop) => ({ ...ofProject(shop), body: { name: 'Backend', scopes: ['visitors:sign_out'] } }),
  },
  'DELETE /projects/:project/api-keys/:key': { rule: 'owner admin', input: apiKeyOf },
  'POST /invitations/preview': { rule: 'anybody', input: () => ({ body: { token: 'x'.repeat(43) } }) },
  'POST /invitations/accept': {
    rule: 'anybody',
    input: () => ({ body: { token: 'x'.repeat(43), password: '0123456789' } }),
  },
}

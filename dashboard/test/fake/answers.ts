import { sentenceOf } from '../../../protocol/errors.ts'
import type { Conversation, Message } from '../../../protocol/records.ts'
import { administration } from './administer.ts'
import { attachmentAnswers, uploadedAs } from './attachments.ts'
import { id, joan, me } from './people.ts'
import { report } from './report.ts'
import { makeSecret, type Scene } from './scene.ts'
import { search } from './search.ts'

export interface Answer {
  status: number
  value?: unknown
}
type Body = Record<string, unknown>
export type Handler = (scene: Scene, key: string, body: Body, query: URLSearchParams) => Answer | unknown

const refuse = (status: number, code: string, message: string): Answer => ({
  status,
  value: { error: { code, message } },
})
const nothing: Answer = { status: 204 }
const unavailable = refuse(503, 'unavailable', sentenceOf('unavailable'))
const signedOut = refuse(401, 'not_signed_in', 'Sign in first.')

const handlers: Record<string, Handler> = {
  ...administration,
  ...attachmentAnswers,
  'GET /setup': (scene) => ({ needed: scene.setupNeeded, codeRequired: false, mail: true }),
  'POST /setup': (scene) => {
    scene.signedIn = true
    return { agent: me, project: scene.project }
  },
  'POST /password-resets': () => nothing,
  'POST /password-resets/use': () => refuse(410, 'link_expired', sentenceOf('link_expired')),
  'GET /me': (scene) => whoAmI(scene),
  'POST /agent-session': (scene, _, body) => {
    if (body.password === 'wrong') return refuse(401, 'wrong_credentials', 'E-mail or password is wrong.')
    scene.signedIn = true
    return { ...whoAmI(scene), agent: me }
  },
  'DELETE /agent-session': (scene) => {
    scene.signedIn = false
    return nothing
  },
  'GET /projects/*': (scene) => scene.project,
  'PATCH /projects/*': (scene, _, { override, ...body }) => {
    if (body.enforcement === 'required' && scene.name === 'empty' && override !== true) {
      return refuse(409, 'no_recent_sign_in', 'No visitor has signed in with a token in the last 7 days.')
    }
    return Object.assign(scene.project, body)
  },
  'GET /projects/*/installation': (scene) => {
    scene.polls += 1
    const arrived = scene.name === 'some' || scene.polls > 3
    return { lastSignIn: arrived ? { at: Date.now(), name: 'Ada Lovelace' } : null }
  },
  'GET /projects/*/conversations': (scene, _, _body, query) => {
    if (!query.has('text')) return list(scene, query)
    return scene.name === 'failing' ? unavailable : search(scene, query.get('text') ?? '')
  },
  'GET /projects/*/reports': (scene, _, _body, query) => report(scene, query),
  'GET /projects/*/members': (scene) => ({ members: scene.members }),
  'GET /projects/*/invitations': (scene) => ({ invitations: scene.invitations }),
  'POST /projects/*/invitations': (scene, _, body) => {
    const invitation = { ...scene.invitations[0], id: id('72'), email: String(body.email), role: body.role }
    return { ...invitation, link: 'http://127.0.0.1:4100/invitation#q8cO0Yc0n2a8V4n3c1mZ0w', mailed: true }
  },
  'GET /projects/*/shared-secrets': (scene) => ({ sharedSecrets: scene.secrets }),
  'POST /projects/*/shared-secrets': (scene) => {
    const fresh = makeSecret('93', Date.now(), { last4: 'k9Zt' })
    scene.secrets.unshift(fresh)
    return { ...fresh, secret: 'sgn_7Vq2hM0cXn4RkE1bT8yWfLsJ6pZaUdGo3iBvNxC5k9Zt' }
  },
  'POST /invitations/preview': () => ({
    projectName: 'Leaf and Kettle',
    email: 'alan@example.com',
    role: 'agent',
    hasAccount: false,
  }),
  'POST /invitations/accept': (scene) => whoAmI(scene),
  'GET /conversations/*': (scene, key) =>
    scene.talks.get(key.split('/')[2] ?? '')?.conversation ?? refuse(404, 'not_found', 'There is nothing here.'),
  'GET /conversations/*/export': (scene, key) => {
    const talk = scene.talks.get(key.split('/')[2] ?? '')
    return { ...talk, exportedAt: Date.now(), nextPage: null }
  },
  'GET /conversations/*/messages': (scene, key, _, query) =>
    page(scene.talks.get(key.split('/')[2] ?? '')?.messages ?? [], query),
  'POST /conversations/*/messages': (scene, key, body) => storeMessage(scene, key.split('/')[2] ?? '', body),
  'PATCH /conversations/*': (scene, key, body) => change(scene, key.split('/')[2] ?? '', body),
}

/** What fails in the scene `failing`, and is slow in the scene `slow`. */
export const administered =
  /^[A-Z]+ \/projects\/[^/]+\/(.*(secrets|keys|log|bans|enforcement|checks|members|webhooks|departments|visitors|retention|reports))/

export function answer(scene: Scene, key: string, body: Body, query: URLSearchParams): Answer {
  const handler = handlers[key.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*')]
  if (handler === undefined) return nothing
  const open = /^(GET \/setup|POST \/(setup|agent-session|invitations|password-resets))/.test(key)
  if (!open && !scene.signedIn) return signedOut
  if (scene.name === 'failing' && administered.test(key)) {
    return unavailable
  }
  const value = handler(scene, key, body, query)
  return isAnswer(value) ? value : { status: key.startsWith('POST') ? 201 : 200, value }
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'status' in value && typeof value.status === 'number'
}

function whoAmI({ project, role }: Scene) {
  const second = { ...project, id: id('51'), name: 'Nordic Tea' }
  return {
    agent: me,
    memberships: [
      { project, role },
      { project: second, role: 'agent' },
    ],
  }
}

function list(scene: Scene, query: URLSearchParams) {
  const [state, assignee, department, from, limit] = ['state', 'assignee', 'department', 'page', 'limit'].map((name) =>
    query.get(name),
  )
  const fitting = [...scene.talks.values()]
    .map((talk) => talk.conversation)
    .filter(
      (each) =>
        each.state === state &&
        (!department || each.department?.id === department) &&
        (!assignee || (assignee === 'me' ? each.assignee?.id === me.id : each.assignee === null)),
    )
    .sort((one, other) => other.lastActivityAt - one.lastActivityAt)
  const start = Number(from ?? 0)
  const end = start + Number(limit ?? 50)
  return { conversations: fitting.slice(start, end), nextPage: end < fitting.length ? String(end) : null }
}

function page(messages: Message[], query: URLSearchParams): unknown {
  const limit = Number(query.get('limit') ?? 50)
  const [before, after, around] = ['before', 'after', 'around'].map((name) => {
    const place = messages.findIndex((message) => message.id === query.get(name))
    return place < 0 ? undefined : place
  })
  if (query.has('around') && around === undefined) return refuse(404, 'not_found', 'There is nothing here.')
  const start = after === undefined ? around && around - limit / 2 : after + 1
  const from = Math.max(0, start ?? (before ?? messages.length) - limit)
  const to = start === undefined ? (before ?? messages.length) : start + limit
  const [older, newer] = [from > 0, to < messages.length]
  return { messages: messages.slice(from, to), more: after === undefined ? older : newer, newer }
}

function change(scene: Scene, key: string, body: Body): unknown {
  const talk = scene.talks.get(key)
  if (talk === undefined) return refuse(404, 'not_found', 'There is nothing here.')
  if (scene.name === 'refusing') return refuse(403, 'forbidden', 'Your role does not allow this.')
  const { assigneeId, departmentId, ...rest } = body
  const department = scene.administration.departments.find((each) => each.id === departmentId)
  const assignee = [me, joan].find((agent) => agent.id === assigneeId)
  const changed = {
    ...rest,
    ...('departmentId' in body && { department: department ? { id: department.id, name: department.name } : null }),
    ...('assigneeId' in body && { assignee: assignee ? { id: assignee.id, name: assignee.name } : null }),
  }
  talk.conversation = { ...talk.conversation, ...changed, version: talk.conversation.version + 100_000 }
  scene.publish({ type: 'conversation', conversation: talk.conversation })
  return talk.conversation
}

export function storeMessage(scene: Scene, conversationId: string, body: Body): Message | undefined {
  const talk = scene.talks.get(conversationId)
  if (talk === undefined) return undefined
  const isNote = body.kind === 'note'
  const conversation: Conversation = talk.conversation
  const message: Message = {
    id: id(`5${Date.now() % 1_000_000}${talk.messages.length}`.slice(0, 12)),
    clientId: String(body.clientId),
    conversationId,
    seq: isNote ? null : conversation.lastSeq + 1,
    author: { kind: 'agent', id: me.id, name: me.name },
    verification: null,
    kind: isNote ? 'note' : 'text',
    text: String(body.text),
    attributes: {},
    attachments: Array.isArray(body.attachmentIds) ? body.attachmentIds.map((each) => uploadedAs(String(each))) : [],
    createdAt: Date.now(),
  }
  talk.messages.push(message)
  const lastSeq = message.seq ?? conversation.lastSeq
  const read = {
    lastSeq,
    agentReadSeq: lastSeq,
    lastMessage: message,
    waitingSince: null,
    lastActivityAt: message.createdAt,
  }
  talk.conversation = { ...conversation, ...read, version: conversation.version + 100_000 }
  scene.publish({ type: 'message', message })
  scene.publish({ type: 'conversation', conversation: talk.conversation })
  return message
}

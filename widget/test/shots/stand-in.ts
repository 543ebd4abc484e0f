import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Route, WebSocketRoute } from 'playwright-core'
import type { Message } from '../../../protocol/records.ts'
import { root } from '../../../scripts/sources.ts'
import { answerFiles } from './files.ts'
import { about, idOf, now, projectId, type Scene, talk } from './scene.ts'

/** No port is opened: the browser's requests are answered here. */
export const site = 'http://localhost:1/'
const chat = 'http://localhost:2'
const dist = join(root, 'dist/widget')

export async function standIn(context: BrowserContext, scene: Scene): Promise<void> {
  await context.addInitScript(
    ([key, who]) => {
      if (!localStorage.getItem(key)) localStorage.setItem(key, who)
    },
    [`signet_${projectId}_session`, JSON.stringify(visitorOf(scene))] as const,
  )
  await context.route('**/*', (route) => answer(route, scene))
  await context.routeWebSocket('**/live', (socket) => {
    if (!scene.isSilent) socket.onMessage((text) => hear(socket, JSON.parse(String(text)), scene))
  })
}

function visitorOf({ who, conversations = [] }: Scene) {
  const guest = { state: 'guest', owner: 'guest-1', conversations: conversations.length, unread: 0 }
  return { ...guest, ...(conversations.length && { session: 'session-1' }), ...who }
}

async function answer(route: Route, scene: Scene): Promise<void> {
  const { pathname, origin } = new URL(route.request().url())
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': '*',
    'access-control-allow-methods': '*',
  }
  if (origin !== chat) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: pageOf(scene) })
  if (route.request().method() === 'OPTIONS') return route.fulfill({ status: 204, headers })
  if (pathname.startsWith('/api/v1/')) {
    const call = `${route.request().method()} ${pathname.slice(7)}`
    const file = await answerFiles(call, route)
    if (file?.bytes) return route.fulfill({ headers, contentType: 'image/webp', body: file.bytes })
    if (file) {
      if (file.attachment) scene.uploaded = [...(scene.uploaded ?? []), file.attachment]
      return route.fulfill({ status: file.status, headers, json: file.body })
    }
    const [status, body] = answerTo(call, route, scene)
    return route.fulfill({ status, headers, json: body })
  }
  const file = join(dist, pathname.split('/').at(-1) ?? '')
  return route.fulfill({ headers, contentType: 'text/javascript', body: readFileSync(file) })
}

function answerTo(call: string, route: Route, scene: Scene): [status: number, body: unknown] {
  const { conversations = [], messages = {} } = scene
  const [, id = ''] = /conversations\/([^/]+)/.exec(call) ?? []
  const conversation = conversations.find((one) => one.id === id)
  if (call.endsWith('/widget')) return [200, projectOf(scene)]
  if (call.endsWith('/visitor-session')) return [200, { ...visitorOf(scene), expiresAt: now * 2, visitor: visitor() }]
  if (call.endsWith('/visitor-sessions')) return [201, { session: 'session-1', expiresAt: now * 2, visitor: visitor() }]
  if (call.endsWith('/messages')) return [200, pageOfMessages(new URL(route.request().url()), messages[id] ?? [])]
  if (call.endsWith('/export')) {
    return [200, { conversation, messages: messages[id] ?? [], exportedAt: now, nextPage: null }]
  }
  if (call.endsWith('/close')) return [200, { ...conversation, version: 9, state: 'resolved' }]
  if (call.endsWith('/rating')) {
    const rating = { comment: null, ratedAt: now, ...route.request().postDataJSON() }
    return [200, { ...conversation, version: 10, state: 'resolved', rating }]
  }
  if (call.endsWith('/conversations')) return [200, { conversations, nextPage: null }]
  return [404, { error: { code: 'not_found', message: `The stand-in does not know ${call}.` } }]
}

function pageOfMessages(url: URL, all: Message[]) {
  const before = url.searchParams.get('before')
  const end = before ? all.findIndex(({ id }) => id === before) : all.length
  const start = Math.max(0, end - Number(url.searchParams.get('limit') ?? 30))
  return { messages: all.slice(start, end), more: start > 0 }
}

function visitor() {
  return { id: idOf(8), externalId: null, name: null, email: null, verified: false }
}

function projectOf({ project }: Scene) {
  return {
    id: projectId,
    name: 'Halden Tea',
    enforcement: 'off',
    settings: {},
    agents: ['Grace Hopper', 'Ada Lovelace', 'Mary Jackson'],
    hours: { open: true, opensAt: null, message: null },
    departments: [],
    replySeconds: null,
    ...project,
  }
}

function hear(socket: WebSocketRoute, frame: { type: string; [name: string]: unknown }, scene: Scene): void {
  const say = (given: object) => socket.send(JSON.stringify(given))
  const self = { kind: 'visitor', visitor: visitor() }
  if (frame.type === 'hello') {
    say({ type: 'welcome', v: 1, self, cursor: 'e.1', resumed: false, conversations: scene.conversations ?? [] })
    if (scene.arriving) say({ type: 'message', message: { ...scene.arriving, seq: 7 } })
  }
  if (frame.type !== 'send') return
  const text = String(frame.text)
  if (scene.refuses?.test(text)) {
    return say({
      type: 'error',
      code: 'text_invalid',
      message: 'This text cannot be stored.',
      clientId: frame.clientId,
    })
  }
  const id = String(frame.conversationId ?? idOf(99))
  const past = scene.messages?.[id]?.length ?? 0
  const [message] = talk(id, [{ text, ago: 0, attachments: scene.uploaded?.splice(0) ?? [] }])
  if (!message) return
  const stored = { ...message, clientId: String(frame.clientId), seq: past + 1, createdAt: Date.now() }
  scene.messages = { ...scene.messages, [id]: [...(scene.messages?.[id] ?? []), stored] }
  say({ type: 'ack', clientId: frame.clientId, message: stored })
  if (frame.conversationId) return
  const begun = about(id, [stored], { agentReadSeq: 0 })
  scene.conversations = [begun, ...(scene.conversations ?? [])]
  say({ type: 'conversation', conversation: begun })
}

function pageOf({ settings = {} }: Scene): string {
  return `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Halden Tea</title>
<style>
  body { margin: 0; font: 16px/1.6 Georgia, serif; color: #3a3f3a; background: #faf8f3 }
  main { max-width: 720px; margin: 0 auto; padding: 48px 24px }
  @media (prefers-color-scheme: dark) { body { color: #d5d8d0; background: #15170f } }
</style>
<main><h1>Halden Tea</h1><p>Gyokuro, sencha and hojicha from small gardens, sent within two days.</p>
<p>Each tea is tasted every spring, and only what we would drink ourselves comes into the shop.</p></main>
<script>window.tiledeskSettings = ${JSON.stringify({ projectid: projectId, ...settings })}</script>
<script src="${chat}/tiledesk.js" async></script></html>`
}

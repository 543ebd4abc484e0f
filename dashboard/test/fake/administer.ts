/** Answers for the endpoints of settings that administration.ts has the records of. */
import type { ApiScope } from '../../../protocol/admin-records.ts'
import { type Administration, checkOf, makeApiKey, makePublicKey } from './administration.ts'
import type { Answer, Handler } from './answers.ts'
import { departmentAnswers } from './departments.ts'
import { id, me } from './people.ts'
import { privacyAnswers } from './privacy.ts'
import type { Scene } from './scene.ts'
import { webhookAnswers } from './webhooks.ts'

const refuse = (status: number, code: string, message: string): Answer => ({
  status,
  value: { error: { code, message } },
})
const nothing: Answer = { status: 204 }

export const administration: Record<string, Handler> = {
  ...webhookAnswers,
  ...departmentAnswers,
  ...privacyAnswers,
  'GET /projects/*/public-keys': ({ administration: { publicKeys } }) => ({ publicKeys }),
  'POST /projects/*/public-keys': ({ administration: { publicKeys } }, _, body) => {
    if (String(body.jwksUrl).includes('refuse')) {
      return refuse(422, 'invalid_request', 'The address answered 404. It must answer 200 with a set of keys.')
    }
    publicKeys.unshift(makePublicKey('97', Date.now(), { kid: 'fresh' }))
    return publicKeys[0]
  },
  'DELETE /projects/*/public-keys/*': ({ administration: all }, key) => remove(all, 'publicKeys', key),
  'GET /projects/*/enforcement': ({ name }) =>
    name === 'empty'
      ? { lastSignInAt: null, days: 7, signedIn: 0, anonymous: 0 }
      : { lastSignInAt: Date.now() - 60_000, days: 7, signedIn: 1_412, anonymous: 3 },
  'POST /projects/*/token-checks': (_, _key, body) => ({ status: 200, value: checkOf(String(body.token)) }),
  'GET /projects/*/sign-in-log': ({ administration: { refusals } }, _, _body, query) => {
    const { part, nextPage } = pageOf(refusals, query)
    return { refusals: part, nextPage }
  },
  'GET /projects/*/audit-log': ({ administration: { audit } }, _, _body, query) => {
    const { part, nextPage } = pageOf(audit, query)
    return { entries: part, nextPage }
  },
  'GET /projects/*/bans': ({ administration: { bans } }) => ({ bans }),
  'POST /projects/*/bans': (scene, _, body) => ban(scene, String(body.visitorId), body.reason),
  'DELETE /projects/*/bans/*': (scene, key) => lift(scene, key),
  'GET /projects/*/api-keys': ({ administration: { apiKeys } }) => ({ apiKeys }),
  'POST /projects/*/api-keys': ({ administration: { apiKeys } }, _, body) => {
    const scopes: ApiScope[] = ['conversations:read', 'conversations:write']
    const fresh = makeApiKey('63', Date.now(), { name: String(body.name), last4: 'k9Zt', scopes })
    apiKeys.unshift(fresh)
    return { ...fresh, key: 'sga_7Vq2hM0cXn4RkE1bT8yWfLsJ6pZaUdGo3iBvNxC5k9Zt' }
  },
  'DELETE /projects/*/api-keys/*': ({ administration: all }, key) => remove(all, 'apiKeys', key),
}

function remove(all: Administration, kind: 'publicKeys' | 'apiKeys', key: string): Answer {
  const wanted = key.split('/').at(-1)
  if (kind === 'publicKeys') all.publicKeys = all.publicKeys.filter((each) => each.id !== wanted)
  else all.apiKeys = all.apiKeys.filter((each) => each.id !== wanted)
  return nothing
}

function pageOf<E>(all: readonly E[], query: URLSearchParams) {
  const start = Number(query.get('page') ?? 0)
  const end = start + Number(query.get('limit') ?? 50)
  return { part: all.slice(start, end), nextPage: end < all.length ? String(end) : null }
}

function ban(scene: Scene, visitorId: string, reason: unknown) {
  const { externalId, name } = setBanned(scene, visitorId, true) ?? { externalId: null, name: null }
  const made = {
    id: id('83'),
    visitor: { id: visitorId, externalId, name },
    reason: typeof reason === 'string' ? reason : null,
    bannedBy: { id: me.id, name: me.name },
    createdAt: Date.now(),
  }
  scene.administration.bans.unshift(made)
  return made
}

function lift(scene: Scene, key: string): Answer {
  const wanted = key.split('/').at(-1)
  const { bans } = scene.administration
  const lifted = bans.find((each) => each.id === wanted)
  scene.administration.bans = bans.filter((each) => each !== lifted)
  if (lifted) setBanned(scene, lifted.visitor.id, false)
  return nothing
}

function setBanned(scene: Scene, visitorId: string, banned: boolean) {
  const talk = [...scene.talks.values()].find(({ conversation }) => conversation.visitor.id === visitorId)
  if (talk === undefined) return undefined
  const { conversation } = talk
  const visitor = { ...conversation.visitor, banned, online: false }
  talk.conversation = { ...conversation, visitor, version: conversation.version + 100_000 }
  scene.publish({ type: 'conversation', conversation: talk.conversation })
  return visitor
}

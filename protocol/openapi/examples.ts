/** A body for each endpoint that takes one, as somebody might send it: a new one without does not compile. */
import type { EndpointKey, Input } from '../endpoints.ts'
import { examplePublicKey, exampleToken, ids } from './example-parts.ts'

type Bodies = {
  [K in EndpointKey as Input<K> extends { body: unknown } ? K : never]: Input<K> extends { body: infer B } ? B : never
}

const bodies: Bodies = {
  'POST /setup': { name: 'Ada', email: 'ada@shop.example', password: 'correct horse battery', projectName: 'Shop' },
  'POST /agent-session': { email: 'ada@shop.example', password: 'correct horse battery' },
  'POST /password-resets': { email: 'ada@shop.example' },
  'POST /password-resets/use': { token: ids.mailed, password: 'correct horse battery' },
  'POST /projects': { name: 'Shop' },
  'PATCH /projects/:project': { enforcement: 'report', retentionDays: 365, siteUrl: 'https://shop.example/' },
  'POST /projects/:project/shared-secrets': { previous: 'retire', graceSeconds: 86_400 },
  'POST /projects/:project/shared-secrets/:key/retire': { graceSeconds: 86_400 },
  'POST /projects/:project/public-keys': { jwk: examplePublicKey },
  'POST /projects/:project/token-checks': { token: exampleToken },
  'POST /projects/:project/visitor-sessions': { claims: { name: 'Grace' } },
  'POST /visitor-session/carry-over': { keep: true },
  'PATCH /visitor-session': { name: 'Grace', email: 'grace@customer.example' },
  'PATCH /conversations/:conversation': { state: 'resolved', assigneeId: null, tags: ['order'] },
  'PUT /conversations/:conversation/rating': { stars: 5, comment: 'Quick and kind' },
  'POST /conversations/:conversation/messages': { clientId: ids.client, text: 'Your parcel is on its way.' },
  'PATCH /projects/:project/members/:agent': { role: 'admin' },
  'POST /projects/:project/invitations': { email: 'grace@shop.example', role: 'agent' },
  'POST /invitations/preview': { token: ids.mailed },
  'POST /invitations/accept': { token: ids.mailed, name: 'Grace', password: 'correct horse battery' },
  'POST /projects/:project/departments': { name: 'Orders', legacyId: 'orders', agentIds: [] },
  'PATCH /projects/:project/departments/:department': { name: 'Returns' },
  'POST /projects/:project/bans': { visitorId: ids.visitor, reason: 'Threatened a colleague' },
  'POST /projects/:project/api-keys': { name: 'Shop assistant', scopes: ['conversations:read', 'conversations:write'] },
  'POST /projects/:project/webhooks': { url: 'https://shop.example/hooks/signet', events: ['message.added'] },
  'PATCH /projects/:project/webhooks/:webhook': { enabled: false },
}

const byKey = new Map<string, unknown>(Object.entries(bodies))

export const exampleOf = (key: string): unknown => byKey.get(key)

/** What owners and admins read and change in settings: keys, checks, logs, bans. */
import type { ApiKey, AuditEntry, Ban, PublicKey, SignInRefusal, TokenCheck } from '../../../protocol/admin-records.ts'
import type { Delivery, Webhook } from '../../../protocol/endpoints/webhooks.ts'
import { isErrorCode, sentenceOf } from '../../../protocol/errors.ts'
import type { Department } from '../../../protocol/records.ts'
import { makeDepartments } from './departments.ts'
import { id, joan, me } from './people.ts'
import { makeDeliveries, makeWebhooks } from './webhooks.ts'

const minute = 60_000
const hour = 60 * minute

export interface Administration {
  publicKeys: PublicKey[]
  refusals: SignInRefusal[]
  audit: AuditEntry[]
  bans: Ban[]
  apiKeys: ApiKey[]
  webhooks: Webhook[]
  departments: Department[]
  deliveries: Delivery[]
}

export function makeAdministration(name: string, now: number): Administration {
  if (name === 'new' || name === 'empty') {
    return {
      publicKeys: [],
      refusals: [],
      audit: [],
      bans: [],
      apiKeys: [],
      webhooks: [],
      departments: [],
      deliveries: [],
    }
  }
  return {
    publicKeys: makePublicKeys(now),
    refusals: Array.from({ length: 120 }, (_, place) => makeRefusal(place, now)),
    audit: makeAudit(now),
    bans: makeBans(now),
    webhooks: makeWebhooks(now),
    departments: makeDepartments(),
    deliveries: makeDeliveries(now),
    apiKeys: [
      makeApiKey('61', now, { name: 'Shop backend', lastUsedAt: now - 4 * minute }),
      makeApiKey('62', now - 800 * hour, { name: 'Nightly clean-up of accounts that were closed', last4: 'tT1-' }),
    ],
  }
}

export function makePublicKey(tail: string, now: number, overrides: Partial<PublicKey> = {}): PublicKey {
  return {
    id: id(tail),
    algorithm: 'ES256',
    kid: null,
    jwks: null,
    createdBy: { id: me.id, name: me.name },
    createdAt: now,
    lastUsedAt: null,
    sessions: 0,
    connected: 0,
    signInsLastDay: 0,
    signInsLastWeek: 0,
    ...overrides,
  }
}

function makePublicKeys(now: number): PublicKey[] {
  const busy = { sessions: 9, connected: 2, signInsLastDay: 21, signInsLastWeek: 130, lastUsedAt: now - 9 * minute }
  const set = (url: string, fetchedAt: number | null, keys: number, failure: string | null) => ({
    algorithm: null,
    jwks: { url, fetchedAt, keys, failure },
  })
  return [
    makePublicKey('94', now - 30 * hour, { kid: 'shop-2026', ...busy }),
    makePublicKey('95', now - 90 * hour, {
      ...busy,
      ...set('https://login.shop.example/.well-known/jwks.json', now - 3 * minute, 2, null),
    }),
    makePublicKey('96', now - 91 * hour, set('https://old.shop.example/jwks', now - 40 * hour, 1, 'It answered 404.')),
  ]
}

const refused: readonly Partial<SignInRefusal>[] = [
  { code: 'issued_in_future', hint: 'The clock of your server is 4 minutes and 12 seconds ahead. Set it by NTP.' },
  { code: 'signature_invalid', keyId: null, hint: 'It was signed with the base64-decoded secret. Sign with the text.' },
  { code: 'claim_missing', field: 'external_id' },
  { code: 'token_expired', hint: 'It expired 3 hours ago. Sign a fresh one for each sign-in.' },
  { code: 'time_in_milliseconds', field: 'iat', hint: 'Divide it by 1,000.' },
  { code: 'secret_revoked', keyId: id('92') },
  { code: 'authentication_required', keyId: null },
  { code: 'something_new', keyId: id('99'), origin: `https://${'a-very-long-host-name.'.repeat(8)}example` },
]

function makeRefusal(place: number, now: number): SignInRefusal {
  return {
    id: id(`4${String(place).padStart(4, '0')}`),
    at: now - place * place * 3 * minute - 20_000,
    code: 'token_malformed',
    field: null,
    hint: null,
    keyId: id('90'),
    origin: 'https://shop.example',
    ...refused[place % refused.length],
  }
}

const audited: readonly [string, AuditEntry['detail']][] = [
  ['secret_retired', { id: id('91'), graceSeconds: 172_800 }],
  ['secret_generated', { id: id('90'), last4: '3f9a', previous: 'retire' }],
  ['project_changed', { fields: ['enforcement'], enforcement: 'required', override: true }],
  [
    'project_changed',
    { fields: ['allowedOrigins'], allowedOrigins: ['https://shop.example', 'https://www.shop.example'] },
  ],
  ['visitor_banned', { id: id('81'), visitorId: id('33') }],
  ['role_changed', { agentId: joan.id, before: 'agent', after: 'admin' }],
  ['member_invited', { email: 'alan@example.com', role: 'agent' }],
  ['public_key_registered', { id: id('94'), algorithm: 'ES256', kid: 'shop-2026' }],
  ['api_key_generated', { id: id('61'), name: 'Shop backend', last4: 'w2Qe', scopes: ['visitors:sign_out'] }],
  ['secret_revoked', { id: id('92') }],
  ['clock_wound', { by: 'hand', turns: 3 }],
]

function makeAudit(now: number): AuditEntry[] {
  return Array.from({ length: 70 }, (_, place) => {
    const [action, detail] = audited[place % audited.length] ?? ['', {}]
    return {
      id: id(`5${String(place).padStart(4, '0')}`),
      at: now - place * place * 7 * minute,
      agent: place % 9 === 8 ? null : place % 4 === 3 ? joan : { id: me.id, name: me.name },
      action,
      detail,
      address: place % 3 === 2 ? '2001:db8:85a3::8a2e:370:7334' : '203.0.113.7',
    }
  })
}

function makeBans(now: number): Ban[] {
  const bannedBy = { id: joan.id, name: joan.name }
  return [
    {
      id: id('81'),
      visitor: { id: id('33'), externalId: null, name: '✅ Ada Lovelace' },
      reason: 'Pretends to be a customer and asks for reset links.',
      bannedBy,
      createdAt: now - 20 * minute,
    },
    {
      id: id('82'),
      visitor: { id: id('38'), externalId: 'customer-2207', name: 'عائشة بنت محمد' },
      reason: null,
      bannedBy: null,
      createdAt: now - 300 * hour,
    },
  ]
}

export function makeApiKey(tail: string, now: number, overrides: Partial<ApiKey> = {}): ApiKey {
  return {
    id: id(tail),
    name: 'Backend',
    last4: 'w2Qe',
    scopes: ['visitors:sign_out'],
    createdBy: { id: me.id, name: me.name },
    createdAt: now,
    lastUsedAt: null,
    ...overrides,
  }
}

const rules = ['VT1', 'VT2', 'VT3', 'VT5', 'VT4', 'VT6', 'VT7', 'VT8', 'VT9', 'VT10', 'VT11', 'VT12', 'VT13']

/** A token that is a code is refused with it, at the fifth rule or the last; any other is accepted. */
export function checkOf(token: string): TokenCheck {
  if (!isErrorCode(token)) {
    const visitor = { externalId: 'customer-1815', name: 'Ada Lovelace ✅', email: 'ada@example.com' }
    return { accepted: true, visitor, rules: rules.map((rule) => ({ rule, outcome: 'passed' })) }
  }
  const failing = token === 'nonce_mismatch' ? 12 : 7
  const hint = 'The clock of the server that signed it is 4 minutes and 12 seconds ahead. Set it by NTP.'
  return {
    accepted: false,
    visitor: null,
    rules: rules.map((rule, place) => {
      if (place !== failing) return { rule, outcome: place < failing ? 'passed' : 'skipped' }
      return { rule, outcome: 'failed', code: token, field: 'iat', hint: place === 7 ? hint : sentenceOf(token) }
    }),
  }
}

import { expect, test } from 'vitest'
import { apiKeyName, type Names, tell } from '../pages/settings/audit-log/sentence.ts'
import { id } from './records.ts'

const names: Names = {
  key: (key) => (key === id(91) ? 'sgn_…Qx0_' : undefined),
  agent: (agent) => (agent === id(8) ? 'Joan Clarke' : undefined),
  visitor: () => undefined,
}
const said = (action: string, detail: Record<string, unknown>) =>
  tell({ action, detail }, names)?.replace(/[\u2068\u2069]/g, '')

test.each([
  ['secret_generated', { last4: '3f9a', previous: 'retire' }, 'generated the secret sgn_…3f9a, retiring any before it'],
  ['secret_generated', { last4: '3f9a', previous: 'keep' }, 'generated the secret sgn_…3f9a'],
  ['secret_retired', { id: id(91), graceSeconds: 172_800 }, 'retired the secret sgn_…Qx0_ with a grace of 2 days'],
  ['secret_revoked', { id: id(99) }, 'revoked the secret with the id …0099'],
  ['public_key_registered', { id: id(85), algorithm: 'ES256', kid: 'shop' }, 'added the public key ES256 shop'],
  ['public_key_registered', { id: id(85), algorithm: 'ES256', kid: null }, 'added the public key ES256 …0085'],
  ['public_key_registered', { id: id(85), url: 'https://a.example/k' }, 'added the public key https://a.example/k'],
  ['project_changed', { fields: ['enforcement'], enforcement: 'report' }, 'changed enforcement to “report”'],
  ['project_changed', { fields: ['name', 'widget', 'new'] }, 'changed the name, the widget and new'],
  ['project_changed', { fields: ['allowedOrigins'], allowedOrigins: [] }, 'changed the allowed origins to any'],
  ['role_changed', { agentId: id(8), before: 'agent', after: 'admin' }, 'made Joan Clarke an admin, who was an agent'],
  ['member_removed', { agentId: id(7), before: 'agent' }, 'removed a former member, who was an agent'],
  ['member_invited', { email: 'a@b.example', role: 'owner' }, 'invited a@b.example as an owner'],
  ['visitor_banned', { visitorId: id(33) }, 'banned the visitor 0033'],
  ['api_key_revoked', { name: 'Shop', last4: 'w2Qe' }, 'revoked the API key Shop (…w2Qe)'],
])('[SS9] %s %j is told as: %s', (action, detail, sentence) => {
  expect(said(action, detail)).toBe(sentence)
})

test('[SS9] an action that is new to this page is not guessed at', () => {
  expect(said('clock_wound', {})).toBeUndefined()
  expect(said('toString', {})).toBeUndefined()
})

test('[SS9] a detail of another shape than expected breaks nothing', () => {
  for (const action of ['secret_generated', 'secret_revoked', 'project_changed', 'role_changed', 'visitor_banned']) {
    expect(said(action, {})).toBeTypeOf('string')
    expect(said(action, { fields: 'x', id: 7, last4: {}, agentId: [], visitorId: null, after: 'king' })).toBeTypeOf(
      'string',
    )
  }
})

test('[AG3] a name in a sentence is cleaned and stands in isolation', () => {
  expect(tell({ action: 'member_invited', detail: { email: '✅ \u202Ea@b.example' } }, names)).toBe(
    'invited \u2068a@b.example\u2069',
  )
})

test('[SS9] what an API key did is said of the key, by the name that it had', () => {
  expect(apiKeyName({ apiKeyId: id(61), apiKeyName: 'Backend' })).toBe('The API key \u2068Backend\u2069')
  expect(apiKeyName({ apiKeyId: id(61) })).toBe('The API key that is gone')
  expect(apiKeyName({ id: id(61), name: 'Backend' })).toBeUndefined()
})

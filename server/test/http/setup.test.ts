import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { findAtRest } from '../at-rest.ts'
import { failureFrom } from '../caller.ts'
import { rawRequest } from '../raw.ts'
import { Signet } from '../signet.ts'

let signet: Signet

beforeEach(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

const owner = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery', projectName: 'Shop' }
const setUp = async (headers: Record<string, string> = {}, more: { code?: string } = {}) => {
  const asked = { method: 'POST', path: '/api/v1/setup', headers, body: { ...owner, ...more } }
  const { status, body } = await rawRequest(signet.url, asked)
  return status === 201 ? 'accepted' : failureFrom('POST /setup', status, body).code
}
const codeRequired = async (headers: Record<string, string> = {}) =>
  (await rawRequest(signet.url, { method: 'GET', path: '/api/v1/setup', headers })).body

test('[AG1] from this machine it takes no code, makes owner and project, and signs in', async () => {
  expect(await signet.anybody.call('GET /setup', {})).toEqual({ needed: true, codeRequired: false, mail: false })
  const { body, headers } = await signet.anybody.answer('POST /setup', { body: owner })
  expect(body).toMatchObject({ agent: { name: 'Ada', email: 'ada@example.com' }, project: { name: 'Shop' } })
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const me = await signet.agent(cookie).call('GET /me', {})
  expect(me.memberships).toEqual([{ project: body.project, role: 'owner' }])
  expect(await signet.anybody.call('GET /setup', {})).toMatchObject({ needed: false })
})

test.each([
  ['x-forwarded-for', '203.0.113.9'],
  ['x-forwarded-for', '127.0.0.1'],
  ['x-forwarded-proto', 'https'],
  ['x-forwarded-host', 'chat.example.com'],
  ['x-real-ip', '203.0.113.9'],
  ['forwarded', 'for=203.0.113.9'],
  ['via', '1.1 proxy'],
  ['cf-connecting-ip', '203.0.113.9'],
  ['host', 'chat.example.com'],
  ['host', 'localhost.evil.example'],
  ['host', 'localhost:4000@evil.example'],
  ['host', '127.0.0.1.evil.example:80'],
])('[AG1] with %s: %s the code is required', async (name, value) => {
  expect(await codeRequired({ [name]: value })).toMatchObject({ codeRequired: true })
  expect(await setUp({ [name]: value })).toBe('setup_code_required')
  expect(await setUp({ [name]: value }, { code: 'a guess' })).toBe('setup_code_required')
  expect(await setUp({ [name]: value }, { code: signet.app.setupCode ?? '' })).toBe('accepted')
})

test('[AG1] no other website may set up, with or without the code', async () => {
  for (const origin of ['https://evil.example', 'null', 'http://localhost:1']) {
    expect(await setUp({ origin })).toBe('origin_not_allowed')
    expect(await setUp({ origin }, { code: signet.app.setupCode ?? '' })).toBe('origin_not_allowed')
  }
  // Its name points to 127.0.0.1, so its Origin and Host agree.
  expect(await setUp({ origin: 'http://evil.example:80', host: 'evil.example:80' })).toBe('setup_code_required')
})

test('[AG1] it happens once, also for two who come at the same moment', async () => {
  const outcomes = await Promise.all([setUp(), setUp()])
  expect(outcomes.toSorted()).toEqual(['accepted', 'already_set_up'])
  expect(await setUp()).toBe('already_set_up')
  const code = signet.app.setupCode ?? ''
  expect(await setUp({ 'x-forwarded-for': '203.0.113.9' }, { code })).toBe('already_set_up')
})

test('[AG1] a code is kept as a hash, and a new start makes a new one', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'signet-setup-'))
  const before = await Signet.start({ dataDir })
  const first = before.app.setupCode ?? ''
  expect(findAtRest(dataDir, first)).toEqual([])
  await before.stop()
  const second = await Signet.start({ dataDir })
  const asked = { body: { ...owner, code: first } }
  const far = second.anybody.with({ 'x-forwarded-for': '203.0.113.9' })
  expect(await far.refusal('POST /setup', asked)).toBe('setup_code_required code')
  expect(second.app.setupCode).not.toBe(first)
  await second.stop()
  rmSync(dataDir, { recursive: true })
})

test('[HT2] the password is kept as an argon2id hash', async () => {
  await setUp()
  const [row] = await signet.app.model.database.rows<{ password_hash: string }>('select * from agents', [])
  expect(row?.password_hash).toMatch(/^\$argon2id\$/)
  expect(row?.password_hash).not.toContain(owner.password)
})

/** What anybody may fetch, with everything in the house that must not be in it (SS3). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { endpoints } from '../../../protocol/endpoints.ts'
import { findAtRest } from '../at-rest.ts'
import { Shop, Signet } from '../signet.ts'

const dist = join(import.meta.dirname, '..', '..', '..', 'dist')

let signet: Signet
let shop: Shop
let secrets: string[]

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  const params = { project: shop.id }
  const retired = shop.secret
  await shop.generate({ previous: 'retire' })
  const token = shop.token()
  const { session } = await shop.admit({ token })
  await (await shop.connect(session)).write('a text that is nobody’s business')
  const body = { name: 'Backend', scopes: ['visitors:sign_out' as const] }
  const { key } = await shop.owner.caller.call('POST /projects/:project/api-keys', { params, body })
  const invitation = { email: 'lin@example.com', role: 'agent' as const }
  const { link } = await shop.owner.caller.call('POST /projects/:project/invitations', { params, body: invitation })
  secrets = [
    shop.secret,
    retired,
    ...token.split('.').slice(1),
    session,
    key,
    shop.owner.headers.cookie.split('=')[1] ?? '',
    link.split('#')[1] ?? '',
    'nobody’s business',
    'customer-1',
    'grace@example.com',
  ]
  return () => signet.stop()
})

const leaksIn = (text: string) => secrets.filter((secret) => secret === '' || text.includes(secret))

test('[SS3] no page, script or document that anybody may fetch has a secret in it', async () => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css|html)$/.test(name))
  expect(files.length).toBeGreaterThan(5)
  const inFiles = files.flatMap((name) =>
    leaksIn(readFileSync(join(dist, name), 'utf8')).map((leak) => `${name}: ${leak}`),
  )
  expect(inFiles).toEqual([])
  const addresses = [
    '/',
    '/sign-in',
    `/projects/${shop.id}/settings`,
    '/tiledesk.js',
    '/v5/launch.js',
    '/preview.js',
    `/api/v1/openapi.json`,
    `/api/v1/projects/${shop.id}/widget`,
    '/api/v1/setup',
    '/healthz',
    '/readyz',
    `/preview?project=${shop.id}`,
  ]
  for (const address of addresses) {
    const answer = await signet.anybody.send('GET', address)
    expect(answer.status, address).toBeLessThan(500)
    expect(leaksIn(`${JSON.stringify([...answer.headers])}${await answer.text()}`), address).toEqual([])
  }
})

test('[SS3] whatever a host page may ask for names no key, whoever asks', async () => {
  const open = Object.entries(endpoints).filter(([key, { caller }]) => caller === 'host page' && key.startsWith('GET '))
  expect(open.length).toBeGreaterThan(0)
  for (const [key] of open) {
    const address = `/api/v1${key.split(' ')[1]?.replace(':project', shop.id)}`
    const text = await (await signet.anybody.send('GET', address)).text()
    expect(leaksIn(text), key).toEqual([])
    expect(text, key).not.toContain(shop.keyId)
    expect(text, key).not.toContain(shop.secret.slice(-4))
  }
})

test('[SS4][VS1] no secret, token, session or API key is in the files of the database', () => {
  const [secret, retired, payload, signature, session, key, cookie] = secrets
  for (const one of [secret, retired, payload, signature, session, key, cookie]) {
    expect(findAtRest(signet.dataDir, one ?? ''), one).toEqual([])
  }
  // The search itself: what is meant to be there is found.
  expect(findAtRest(signet.dataDir, 'nobody’s business')).not.toEqual([])
})

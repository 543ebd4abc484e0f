import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test, vi } from 'vitest'
import { Shop, Signet } from '../signet.ts'
import { filesOnDisk } from '../uploads.ts'

let signet: Signet
let shop: Shop

beforeEach(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  return () => signet.stop()
})

const quirinus = { external_id: 'customer-4711', name: 'Quirinus', email: 'quirinus@example.org' }
const traces = ['Quirinus', 'quirinus@', 'customer-4711', 'the secret text']

/** In the files, once the write-ahead logs have gone into their databases. */
function atRest(): string[] {
  for (const file of readdirSync(signet.dataDir).filter((name) => name.endsWith('.db'))) {
    const database = new DatabaseSync(join(signet.dataDir, file))
    database.exec('pragma wal_checkpoint(truncate)')
    database.close()
  }
  const files = readdirSync(signet.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)))
  return traces.filter((trace) => bytes.some((each) => each.includes(trace)))
}

test('[HT6] an erased person is signed out, gone for who looks at him, and not in the file any more', async () => {
  const { session, visitor } = await shop.signIn(quirinus)
  const socket = await shop.connect(session)
  const { conversationId } = await socket.write('the secret text')
  for (let more = 0; more < 20; more++) await socket.write(`the secret text ${more}`.padEnd(3_000, '.'))
  const agent = await shop.connectAgent(shop.owner)
  expect(atRest()).toEqual(traces)
  const params = { project: shop.id, visitor: visitor.id }
  const { caller } = shop.owner
  const given = await caller.call('GET /projects/:project/visitors/:visitor/export', { params, query: {} })
  expect(given).toMatchObject({ person: { externalId: 'customer-4711', sessions: [{}] }, nextPage: null })
  await signet.visitor(session).upload(shop.id, 'the secret text', 'Quirinus.txt')
  expect(filesOnDisk(signet)).toHaveLength(1)
  await caller.call('DELETE /projects/:project/visitors/:visitor', { params })
  await vi.waitFor(() => expect(filesOnDisk(signet)).toEqual([]), { timeout: 20_000 })
  expect((await socket.next('ended')).reason).toBe('signed_out')
  expect(await socket.closed).toBe(4401)
  expect(await agent.next('gone')).toMatchObject({ conversationId })
  expect(await caller.refusal('DELETE /projects/:project/visitors/:visitor', { params })).toBe('not_found visitor')
  expect(atRest()).toEqual([])
  expect((await shop.signIn(quirinus)).visitor.id).not.toBe(visitor.id)
  await agent.leave()
})

test('[HT6] a backend erases by external id, if its key may', async () => {
  const { session } = await shop.signIn(quirinus)
  const keyFor = async (scopes: ('visitors:erase' | 'visitors:sign_out')[]) => {
    const body = { name: 'Backend', scopes }
    const { key } = await shop.owner.caller.call('POST /projects/:project/api-keys', {
      params: { project: shop.id },
      body,
    })
    return signet.anybody.with({ authorization: `Bearer ${key}` })
  }
  const asked = { params: { project: shop.id }, query: { externalId: 'customer-4711' } }
  const other = await keyFor(['visitors:sign_out'])
  expect(await other.refusal('DELETE /projects/:project/visitors', asked)).toBe('forbidden')
  const backend = await keyFor(['visitors:erase'])
  const elsewhere = { ...asked, params: { project: (await Shop.open(signet)).id } }
  expect(await backend.refusal('DELETE /projects/:project/visitors', elsewhere)).toBe('not_found project')
  await signet.visitor(session).upload(shop.id)
  expect(await backend.call('DELETE /projects/:project/visitors', asked)).toEqual({ erased: true })
  await vi.waitFor(() => expect(filesOnDisk(signet)).toEqual([]), { timeout: 20_000 })
  expect(await backend.call('DELETE /projects/:project/visitors', asked)).toEqual({ erased: false })
  const { entries } = await shop.owner.caller.call('GET /projects/:project/audit-log', {
    params: asked.params,
    query: {},
  })
  expect(entries[0]).toMatchObject({ action: 'visitor_erased', agent: null, detail: { apiKeyId: expect.any(String) } })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recoverOwner } from '../../operate/recover-owner.ts'
import { Caller } from '../caller.ts'
import { Shop, Signet } from '../signet.ts'
import { run } from './commands.ts'

let dataDir: string
let signet: Signet
let shop: Shop

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'signet-recover-'))
  signet = await Signet.start({ dataDir })
  shop = await Shop.open(signet)
})
afterEach(async () => {
  await signet.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const recover = (...typed: string[]) => run(recoverOwner, typed, { DATA_DIR: dataDir })
const passwordIn = (said: string) => /shown only now: (\S+)/.exec(said)?.[1] ?? ''

async function logIn(email: string, password: string): Promise<Caller> {
  const { headers } = await signet.anybody.answer('POST /agent-session', { body: { email, password } })
  return new Caller(signet.url, { cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '', origin: signet.url })
}

async function roles() {
  const { members } = await shop.owner.caller.call('GET /projects/:project/members', {
    params: { project: shop.id },
    query: {},
  })
  return members
}

describe('[SS10] bin/recover-owner', () => {
  test('gives the owner a new password while the server runs, and puts out whoever was in with the old one', async () => {
    const socket = await shop.connectAgent(shop.owner)
    const { code, said } = await recover(shop.owner.email.toUpperCase())
    expect(code).toBe(0)
    await socket.closed
    const asked = { params: { project: shop.id }, query: {} }
    expect(await shop.owner.caller.refusal('GET /projects/:project/members', asked)).toBe('not_signed_in')
    const caller = await logIn(shop.owner.email, passwordIn(said))
    await caller.call('GET /projects/:project/members', asked)
  })

  test('makes an agent an owner, with an entry in the audit log', async () => {
    const agent = await shop.member('agent')
    const { said } = await recover(agent.email)
    expect(said).toContain(`${agent.email} owns Shop.`)
    expect((await roles()).find(({ agent: { id } }) => id === agent.id)?.role).toBe('owner')
    const { entries } = await shop.owner.caller.call('GET /projects/:project/audit-log', {
      params: { project: shop.id },
      query: {},
    })
    expect(entries[0]).toMatchObject({ action: 'role_changed', address: 'bin/recover-owner' })
  })

  test('makes an account where there is none', async () => {
    const { said } = await recover('new@example.com')
    expect(said).toContain('new@example.com is a new account, and owns Shop.')
    const caller = await logIn('new@example.com', passwordIn(said))
    await caller.call('GET /projects/:project/members', { params: { project: shop.id }, query: {} })
  })

  test('asks which project, where there are several and none is his', async () => {
    const other = await Shop.open(signet)
    const asked = await recover('new@example.com')
    expect(asked).toMatchObject({ code: 1, said: '' })
    expect(asked.complained).toContain(`  ${other.id}  Shop`)
    expect((await recover('new@example.com', other.id)).code).toBe(0)
    expect((await recover('new@example.com', 'no such project')).complained).toContain('Say which project')
    expect((await recover('nobody')).complained).toContain('bin/recover-owner EMAIL')
  })
})

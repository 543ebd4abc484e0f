import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Role } from '../../../protocol/records.ts'
import { findAtRest } from '../at-rest.ts'
import { day } from '../clock.ts'
import { type Agent, Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop
let email: string

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
  email = `${crypto.randomUUID()}@example.com`
  // Forgets who was refused.
  signet.clock.advance(2 * 3_600_000)
})

const ofProject = () => ({ params: { project: shop.id } })
const invite = async (role: 'owner' | 'admin' | 'agent' = 'agent', to = email) => {
  const made = await shop.owner.caller.call('POST /projects/:project/invitations', {
    ...ofProject(),
    body: { email: to, role },
  })
  return { ...made, token: made.link.split('#')[1] ?? '' }
}
const password = 'a long enough one'
const accept = (token: string, more: object = { name: 'Lin' }) =>
  signet.anybody.answer('POST /invitations/accept', { body: { token, password, ...more } })
const acceptRefusal = (token: string, more: object = { name: 'Lin' }) =>
  signet.anybody.refusal('POST /invitations/accept', { body: { token, password, ...more } })
const preview = (token: string) => signet.anybody.refusal('POST /invitations/preview', { body: { token } })

test('[HT2] the link carries the token behind the #, where no server’s log sees it; at rest is its hash', async () => {
  const { link, token } = await invite()
  expect(link).toBe(`${signet.url}/invitation#${token}`)
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(findAtRest(signet.dataDir, token)).toEqual([])
  const listed = await shop.owner.caller.call('GET /projects/:project/invitations', { ...ofProject(), query: {} })
  expect(JSON.stringify(listed)).not.toContain(token)
  expect(listed.invitations).toHaveLength(1)
})

test('[HT2] a newcomer chooses name and password, and is signed in with the role', async () => {
  const { token } = await invite('admin')
  const offered = await signet.anybody.call('POST /invitations/preview', { body: { token } })
  expect(offered).toEqual({ projectName: 'Shop', email, role: 'admin', hasAccount: false })
  const { body, headers } = await accept(token)
  expect(body).toMatchObject({ agent: { name: 'Lin', email }, memberships: [{ role: 'admin' }] })
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect((await signet.agent(cookie).call('GET /me', {})).agent.email).toBe(email)
})

test('[HT2] an invitation is good once, also for two who accept at the same moment', async () => {
  const { token } = await invite()
  const outcomes = await Promise.all([acceptRefusal(token), acceptRefusal(token)])
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
  expect(await acceptRefusal(token)).toBe('invitation_expired token')
  expect(await preview(token)).toBe('invitation_expired token')
  const { members } = await shop.owner.caller.call('GET /projects/:project/members', { ...ofProject(), query: {} })
  expect(members.filter(({ agent }) => agent.email === email)).toHaveLength(1)
})

test('[HT2] an invitation is good for 7 days, by the clock', async () => {
  const { token, expiresAt, createdAt } = await invite()
  expect(expiresAt - createdAt).toBe(7 * day)
  signet.clock.advance(7 * day - 1)
  expect(await preview(token)).toBe('accepted')
  signet.clock.advance(1)
  expect(await preview(token)).toBe('invitation_expired token')
  expect(await acceptRefusal(token)).toBe('invitation_expired token')
})

test('[HT2] an invitation that was taken back is good for nothing', async () => {
  const { token, id } = await invite()
  const path = { params: { project: shop.id, invitation: id } }
  await shop.owner.caller.call('DELETE /projects/:project/invitations/:invitation', path)
  expect(await acceptRefusal(token)).toBe('invitation_expired token')
  const again = await shop.owner.caller.refusal('DELETE /projects/:project/invitations/:invitation', path)
  expect(again).toBe('not_found invitation')
})

test('[HT2] nobody takes back an invitation of another project', async () => {
  const { id, token } = await invite()
  const other = await Shop.open(signet)
  const path = { params: { project: other.id, invitation: id } }
  const refusal = await other.owner.caller.refusal('DELETE /projects/:project/invitations/:invitation', path)
  expect(refusal).toBe('not_found invitation')
  expect(await preview(token)).toBe('accepted')
})

test('[HT2] who has an account proves it by its password; a name given with it changes nothing', async () => {
  await accept((await invite()).token)
  const here = shop
  shop = await Shop.open(signet)
  const { token } = await invite('agent', email.toUpperCase())
  const wrong = { password: 'not the right one' }
  expect(await acceptRefusal(token, wrong)).toBe('wrong_credentials')
  expect(await preview(token)).toBe('accepted')
  const { body } = await accept(token, { name: 'Somebody else' })
  expect(body.agent).toMatchObject({ name: 'Lin', email })
  expect(body.memberships.map(({ project }) => project.id).toSorted()).toEqual([here.id, shop.id].toSorted())
})

test('[HT2] an invitation is good once, also for one account that accepts twice at the same moment', async () => {
  await accept((await invite()).token)
  shop = await Shop.open(signet)
  const { token } = await invite()
  const outcomes = await Promise.all([acceptRefusal(token, {}), acceptRefusal(token, {})])
  expect(outcomes.toSorted()).toEqual(['accepted', 'invitation_expired token'])
})

test('[HT2] a member cannot be invited, nor keeps he another role by an older invitation', async () => {
  const [first, second] = [await invite('agent'), await invite('owner')]
  await accept(first.token)
  const refused = shop.owner.caller.refusal('POST /projects/:project/invitations', {
    ...ofProject(),
    body: { email: ` ${email.toUpperCase()}`.trim(), role: 'admin' },
  })
  expect(await refused).toBe('already_member email')
  const { body } = await accept(second.token, {})
  expect(body.memberships.map(({ role }) => role)).toEqual(['agent'])
})

test('[HT2] a newcomer without a name is asked for it, and the invitation stays good', async () => {
  const { token } = await invite()
  expect(await acceptRefusal(token, {})).toBe('invalid_request name')
  expect(await acceptRefusal(token, { name: '  ' })).toBe('invalid_request name')
  expect(await acceptRefusal(token)).toBe('accepted')
})

test('[HT2] guessing tokens is slowed down', async () => {
  const guess = () => preview('x'.repeat(43))
  for (let count = 0; count < 10; count++) expect(await guess()).toBe('invitation_expired token')
  expect(await guess()).toBe('rate_limited')
  signet.clock.advance(1000)
  expect(await guess()).toBe('invitation_expired token')
  expect(await guess()).toBe('rate_limited')
})

test('[HT2] nobody waits for what broke on the server', async () => {
  const { token } = await invite()
  const { database } = signet.app.model
  const { transaction } = database
  database.transaction = async () => {
    throw new Error('The database does not answer.')
  }
  for (let times = 0; times < 12; times++) expect(await acceptRefusal(token)).toBe('internal_error')
  database.transaction = transaction
  expect((await accept(token)).body).toMatchObject({ agent: { email } })
})

test('[HT2][SS10] who is no longer in it to invite has left no way back in', async () => {
  const changed = (agent: Agent, role: Role) =>
    shop.owner.caller.call('PATCH /projects/:project/members/:agent', {
      params: { project: shop.id, agent: agent.id },
      body: { role },
    })
  const invitationBy = async (inviter: Agent, role: Role) => {
    const body = { email: `${crypto.randomUUID()}@example.com`, role }
    const { link } = await inviter.caller.call('POST /projects/:project/invitations', { ...ofProject(), body })
    return link.split('#')[1] ?? ''
  }
  const [removed, demoted, owner] = [await shop.member('admin'), await shop.member('admin'), await shop.member('owner')]
  const left = [await invitationBy(removed, 'admin'), await invitationBy(demoted, 'agent')]
  const [asOwner, asAdmin] = [await invitationBy(owner, 'owner'), await invitationBy(owner, 'admin')]
  const path = { params: { project: shop.id, agent: removed.id } }
  await shop.owner.caller.call('DELETE /projects/:project/members/:agent', path)
  await changed(demoted, 'agent')
  await changed(owner, 'admin')
  for (const token of [...left, asOwner]) expect(await acceptRefusal(token)).toBe('invitation_expired token')
  // An admin may invite admins, and somebody else's invitations are none of his.
  expect(await acceptRefusal(asAdmin)).toBe('accepted')
  expect(await acceptRefusal((await invite('admin')).token)).toBe('accepted')
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hashPassword } from '../../../identity/password.ts'
import { mailMissed } from '../../model/mail/missed.ts'
import { hour, minute } from '../clock.ts'
import { linkIn, MailServer, readable } from '../mail-server.ts'
import { newAgent, Shop, Signet } from '../signet.ts'

let mails: MailServer
let signet: Signet
let shop: Shop

beforeEach(async () => {
  mails = await MailServer.start()
  signet = await Signet.start({ config: { smtpUrl: mails.url, mailFrom: 'Shop chat <chat@example.com>' } })
  shop = await Shop.open(signet)
})

afterEach(async () => {
  await signet.stop()
  await mails.stop()
})

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 })
const arrive = (count: number) => until(() => expect(mails.posted).toHaveLength(count))
const nth = (index: number) => {
  const posted = mails.posted[index]
  if (!posted) throw new Error(`There is no mail ${index}.`)
  return posted
}

const invite = (email: string) =>
  shop.owner.caller.call('POST /projects/:project/invitations', {
    params: { project: shop.id },
    body: { email, role: 'agent' },
  })

async function rename(name: string) {
  await signet.app.model.database.transaction((tx) =>
    tx.rows('update projects set name = ? where id = ?', [name, shop.id]),
  )
}

const ask = (email: string) => signet.anybody.call('POST /password-resets', { body: { email } })
const use = (token: string, password: string) =>
  signet.anybody.refusal('POST /password-resets/use', { body: { token, password } })
const tokenIn = (index: number) => linkIn(nth(index), '/password-reset#').split('#')[1] ?? ''
const signIn = (email: string, password: string) =>
  signet.anybody.refusal('POST /agent-session', { body: { email, password } })

test('[HT2] an invitation goes by mail, with the link that is shown', async () => {
  const { link, mailed } = await invite('grace@example.com')
  await arrive(1)
  expect([mailed, nth(0).to, nth(0).from]).toEqual([true, ['grace@example.com'], 'chat@example.com'])
  expect(linkIn(nth(0), '/invitation#')).toBe(link)
  expect(nth(0).raw).toContain('multipart/alternative')
  const [kept] = await signet.app.model.database.rows<{ state: string; sealed: string }>('select * from outbox', [])
  await until(async () => {
    const [row] = await signet.app.model.database.rows<{ state: string; sealed: string }>('select * from outbox', [])
    expect(row).toMatchObject({ state: 'delivered', sealed: '', body: '' })
  })
  expect(JSON.stringify(kept)).not.toContain(link.split('#')[1])
})

test('[ML1] what people are called neither adds a header nor becomes HTML', async () => {
  await rename('<img src=x onerror=alert(1)>\r\nBcc: all@example.com\r\n\r\n"Sh&p"')
  await invite('grace@example.com')
  await arrive(1)
  const { to, raw } = nth(0)
  expect(to).toEqual(['grace@example.com'])
  expect(raw.split('\r\n\r\n', 1)[0]).not.toMatch(/^bcc/im)
  expect(readable(nth(0))).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(readable(nth(0)).split('text/html')[1]).not.toContain('<img')
})

test('[ML1] an address that could be taken for two gets nothing, and the link is shown all the same', async () => {
  for (const email of ['a,b@example.com', 'a<b@example.com', '"x"@example.com', 'a;b@c', 'a@b>']) {
    expect(await invite(email)).toMatchObject({ mailed: false, link: expect.stringContaining('#') })
  }
  await invite('grace@example.com')
  await arrive(1)
})

test('[ML2] a forgotten password is set anew by a link, once, within an hour, and every session ends', async () => {
  const agent = await newAgent(signet)
  const { database } = signet.app.model
  const oldPassword = await hashPassword('an old password')
  await database.transaction((tx) =>
    tx.rows('update agents set password_hash = ? where id = ?', [oldPassword, agent.id]),
  )
  await ask(agent.email.toUpperCase())
  await ask(agent.email)
  await arrive(2)
  expect(nth(0).to).toEqual([agent.email])
  expect(await use('x'.repeat(43), 'a new password')).toBe('link_expired token')
  expect(await use(tokenIn(0), 'a new password')).toBe('accepted')
  expect(await use(tokenIn(0), 'another password')).toBe('link_expired token')
  expect(await use(tokenIn(1), 'another password')).toBe('link_expired token')
  expect(await agent.caller.refusal('GET /me', {})).toBe('not_signed_in')
  expect(await signIn(agent.email, 'an old password')).toBe('wrong_credentials')
  expect(await signIn(agent.email, 'a new password')).toBe('accepted')
  await ask(agent.email)
  await arrive(3)
  signet.clock.advance(hour)
  expect(await use(tokenIn(2), 'another password')).toBe('link_expired token')
})

test('[ML2] whether there is such an account, the answer does not tell, and nobody fills a mailbox', async () => {
  const agent = await newAgent(signet)
  for (let asked = 0; asked < 5; asked++) await ask(agent.email)
  for (let asked = 0; asked < 5; asked++) await ask('nobody@example.com')
  await invite('last@example.com')
  await until(() => expect(mails.posted.map(({ to }) => to[0])).toContain('last@example.com'))
  await until(() => expect(mails.posted.filter(({ to }) => to[0] === agent.email)).toHaveLength(3))
  expect(mails.posted).toHaveLength(4)
  expect(await signet.anybody.refusal('POST /password-resets', { body: { email: agent.email } })).toBe('rate_limited')
  signet.clock.advance(minute)
  expect(await signet.anybody.refusal('POST /password-resets', { body: { email: agent.email } })).toBe('accepted')
})

test('[ML5] one click ends mails about missed messages; a link that is only looked at ends nothing', async () => {
  const { visitor } = await shop.signIn({ external_id: '42', email: 'grace@example.com' })
  const token = 'A'.repeat(32)
  const { database } = signet.app.model
  await database.transaction((tx) => tx.rows('update visitors set mail_token = ? where id = ?', [token, visitor.id]))
  const refusedAt = async () =>
    (await database.rows<{ mail_refused_at: number | null }>('select mail_refused_at from visitors', []))[0]
  const path = `${signet.url}/unsubscribe/${token}`
  const looked = await fetch(path)
  expect([looked.status, looked.headers.get('content-security-policy')]).toEqual([
    200,
    expect.stringContaining("'none'"),
  ])
  expect(await refusedAt()).toEqual({ mail_refused_at: null })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const click = { method: 'POST', headers, body: 'List-Unsubscribe=One-Click' }
  expect((await fetch(`${signet.url}/unsubscribe/${'B'.repeat(32)}`, click)).status).toBe(404)
  expect((await fetch(path, click)).status).toBe(200)
  expect(await refusedAt()).toEqual({ mail_refused_at: signet.clock.ms })
})

test('[ML4] who has missed something gets it by mail, with a header that ends it by one click', async () => {
  const siteUrl = 'https://shop.example/account'
  const of = { params: { project: shop.id } }
  await shop.owner.caller.call('PATCH /projects/:project', { ...of, body: { siteUrl } })
  expect(
    await shop.owner.caller.refusal('PATCH /projects/:project', { ...of, body: { siteUrl: 'javascript:alert(1)' } }),
  ).toBe('invalid_request siteUrl')
  const { session } = await shop.signIn({ external_id: '42', email: 'grace@example.com' })
  const socket = await shop.connect(session)
  const { conversationId } = await socket.write('Hello')
  await socket.leave()
  await shop.owner.caller.call('POST /conversations/:conversation/messages', {
    params: { conversation: conversationId },
    body: { clientId: crypto.randomUUID(), text: 'It is on its way' },
  })
  signet.clock.advance(10 * minute)
  const { model } = signet.app
  expect(await mailMissed(model, { publicUrl: () => signet.url })).toBe(1)
  await arrive(1)
  expect(nth(0).to).toEqual(['grace@example.com'])
  expect(linkIn(nth(0), '/account')).toBe(`${siteUrl}?tiledesk_conversation=${conversationId}`)
  const unfolded = nth(0).raw.replace(/\r\n[ \t]+/g, ' ')
  expect(unfolded).toMatch(/^List-Unsubscribe: <http.*\/unsubscribe\/[\w-]{32}>\r$/m)
  expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
})

test('[ML3] what the mail server does not take is tried again', async () => {
  mails.refusing = true
  await invite('grace@example.com')
  const { database } = signet.app.model
  await until(async () => {
    const rows = await database.rows('select state, status, failure from outbox', [])
    expect(rows).toEqual([{ state: 'waiting', status: 550, failure: 'The mail server did not take it (EENVELOPE).' }])
  })
  mails.refusing = false
  signet.clock.advance(minute)
  await arrive(1)
})

test('[ML3] without a mail server nobody is promised a mail', async () => {
  const silent = await Signet.start()
  const there = await Shop.open(silent)
  const body = { email: 'grace@example.com', role: 'agent' as const }
  const invited = await there.owner.caller.call('POST /projects/:project/invitations', {
    params: { project: there.id },
    body,
  })
  expect(invited.mailed).toBe(false)
  expect((await silent.anybody.call('GET /setup', {})).mail).toBe(false)
  expect(await silent.anybody.refusal('POST /password-resets', { body: { email: 'a@b.c' } })).toBe(
    'mail_not_configured',
  )
  await silent.stop()
})

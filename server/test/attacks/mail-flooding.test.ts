/** An account can make a project of any name and invite any e-mail to it: mails in the installation's name. */
import { beforeEach, expect, test } from 'vitest'
import { hour } from '../clock.ts'
import { MailServer } from '../mail-server.ts'
import { type Agent, Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeEach(async () => {
  const mails = await MailServer.start()
  signet = await Signet.start({ config: { smtpUrl: mails.url, mailFrom: 'chat@example.com' } })
  shop = await Shop.open(signet)
  return async () => {
    await signet.stop()
    await mails.stop()
  }
})

const invite = (by: Agent, email: string) =>
  by.caller.refusal('POST /projects/:project/invitations', {
    params: { project: shop.id },
    body: { email, role: 'agent' },
  })

test('nobody’s mailbox is filled with invitations, whoever sends them', async () => {
  const other = await shop.member('admin')
  for (const email of ['ada@example.com', 'ADA@example.com', 'ada@example.com']) {
    expect(await invite(shop.owner, email)).toBe('accepted')
  }
  expect(await invite(shop.owner, 'ada@example.com')).toBe('rate_limited')
  expect(await invite(other, 'Ada@Example.com')).toBe('rate_limited')
  expect(await invite(other, 'grace@example.com')).toBe('accepted')
  signet.clock.advance(hour)
  expect(await invite(other, 'ada@example.com')).toBe('accepted')
})

test('an account does not send mails to the whole world', async () => {
  const outcomes = []
  for (let count = 0; count < 51; count++) outcomes.push(await invite(shop.owner, `somebody${count}@example.com`))
  expect(outcomes.slice(0, 50)).toEqual(Array(50).fill('accepted'))
  expect(outcomes[50]).toBe('rate_limited')
})

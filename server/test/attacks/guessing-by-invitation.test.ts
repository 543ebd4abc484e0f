/** Anybody with an account may make a project, invite anybody's e-mail to it, and read the link himself. */
import { beforeEach, expect, test } from 'vitest'
import { type Agent, Shop, Signet } from '../signet.ts'

const victim = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' }

let signet: Signet
let mallory: Agent
let token: string

beforeEach(async () => {
  signet = await Signet.start({ config: { trustProxy: true } })
  await signet.anybody.call('POST /setup', { body: { ...victim, projectName: 'Shop' } })
  const shop = await Shop.open(signet)
  mallory = await shop.member('agent')
  const { id } = await mallory.caller.call('POST /projects', { body: { name: 'A trap' } })
  const { link } = await mallory.caller.call('POST /projects/:project/invitations', {
    params: { project: id },
    body: { email: victim.email, role: 'agent' },
  })
  token = link.split('#')[1] ?? ''
  return () => signet.stop()
})

const at = (address: string) => signet.anybody.with({ 'x-forwarded-for': address })
const accept = (password: string, address = '203.0.113.1') =>
  at(address).refusal('POST /invitations/accept', { body: { token, password } })
const logIn = (password: string, address = '203.0.113.1') =>
  at(address).refusal('POST /agent-session', { body: { email: victim.email, password } })
const wrong = (count: number) => `a wrong password ${count}`

test('[HT2] many passwords tried on an invitation at the same moment are many tries', async () => {
  const outcomes = await Promise.all(Array.from({ length: 30 }, (_, count) => accept(wrong(count))))
  expect(outcomes.filter((outcome) => outcome === 'wrong_credentials')).toHaveLength(5)
  expect(outcomes.filter((outcome) => outcome === 'rate_limited')).toHaveLength(25)
})

test('[HT2] an account has one count of wrong passwords, wherever they are tried', async () => {
  for (let count = 0; count < 3; count++) expect(await accept(wrong(count))).toBe('wrong_credentials')
  for (let count = 0; count < 2; count++) expect(await logIn(wrong(count))).toBe('wrong_credentials')
  expect(await logIn(victim.password)).toBe('rate_limited')
  expect(await accept(victim.password)).toBe('rate_limited')
  expect(await logIn(victim.password, '203.0.113.2')).toBe('accepted')
})

test('[HT2] the right password still joins', async () => {
  expect(await accept(wrong(1))).toBe('wrong_credentials')
  expect(await accept(victim.password)).toBe('accepted')
  expect(await logIn(victim.password)).toBe('accepted')
})

/** What an agent wrote and could not send, in the dashboard: kept, sent once, or refused where he sees it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import { Visitor } from '../../scripts/demo/visitor.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile, picture } from '../browser.ts'
import { Dashboard } from '../dashboard.ts'
import { Owner, ownerAccount } from '../owner.ts'
import { Signet } from '../signet.ts'
import { Wire } from '../wire.ts'

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const noor = { name: 'Noor Visser', email: 'noor@example.com', password: 'staple correct horse' }
const expected = /Failed to load resource|WebSocket connection to|ERR_/

describe.skipIf(!chromiumPath)('the outbox of an agent', () => {
  let browser: Browser
  let signet: Signet
  let owner: Owner
  let secret: string
  let profiles: Profile[] = []

  beforeAll(async () => {
    signet = await Signet.start()
    owner = await Owner.setUp(signet.url)
    secret = await owner.generateSecret()
    await owner.addAgent(noor)
    browser = await launchBrowser()
  })
  afterEach(async () => {
    const complaints = profiles.flatMap((profile) => profile.complaints)
    await Promise.all(profiles.map((profile) => profile.close()))
    profiles = []
    expect(complaints.filter((text) => !expected.test(text))).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await signet?.stop()
  })

  /** A visitor has written this; gives the conversation. */
  async function question(text: string): Promise<string> {
    const site = { url: signet.url, project: owner.project, secret, now: Date.now }
    const visitor = await Visitor.arrive(site, { name: 'Maya Lindqvist', email: 'maya@example.com' })
    return (await visitor.begin(text)).conversationId
  }

  async function answering(conversation: string, options: BrowserContextOptions & { who?: typeof noor } = {}) {
    const { who = ownerAccount, ...browserOptions } = options
    const profile = await newProfile(browser, browserOptions)
    profiles.push(profile)
    const index = profiles.length
    onTestFailed(async () => console.log(await picture(profile, index), signet.errors))
    const wire = await Wire.of(profile.page)
    const dashboard = new Dashboard(profile.page, signet.url)
    await dashboard.signIn(who)
    await dashboard.visit(owner.project, conversation)
    return { dashboard, wire }
  }

  async function tabOf(page: Page, conversation: string, options: { cut?: boolean } = {}) {
    const tab = await page.context().newPage()
    const wire = await Wire.of(tab, options)
    const dashboard = new Dashboard(tab, signet.url)
    await dashboard.visit(owner.project, conversation)
    return { dashboard, wire }
  }

  test('[DL5] replies and notes written offline outlive the reload and the closed tab, and arrive once', async () => {
    const conversation = await question('Do you sell matcha?')
    const { dashboard, wire } = await answering(conversation)
    await wire.cut()
    await dashboard.reply('We do')
    await dashboard.note('He asked twice')
    await dashboard.page.reload()
    await dashboard.message('We do').getByText('Not sent yet').waitFor()
    await dashboard.reply('from Uji')
    await dashboard.page.close()
    const next = await tabOf(dashboard.page, conversation)
    const all = ['Do you sell matcha?', 'We do', 'He asked twice', 'from Uji']
    await expect.poll(() => owner.messagesOf(conversation)).toEqual(all)
    await expect.poll(() => next.dashboard.texts()).toEqual(all)
    expect(await next.dashboard.page.getByText('Not sent yet').count()).toBe(0)
    expect(next.wire.texts).toEqual(['We do', 'from Uji'])
  })

  test('[DL1][DL5] of two tabs with the same unsent replies one sends each of them', async () => {
    const conversation = await question('Do you sell sencha?')
    const one = await answering(conversation)
    await one.wire.cut()
    const texts = ['Yes', 'we', 'do']
    for (const text of texts) await one.dashboard.reply(text)
    await one.dashboard.note('A note goes another way')
    const other = await tabOf(one.dashboard.page, conversation, { cut: true })
    await other.dashboard.message('A note goes another way').getByText('Not sent yet').waitFor()
    const notes = countOfNotes(one.dashboard.page)
    await Promise.all([one, other].map(({ wire }) => wire.mend()))
    const all = ['Do you sell sencha?', ...texts, 'A note goes another way']
    await expect.poll(() => owner.messagesOf(conversation)).toEqual(all)
    for (const { dashboard } of [one, other]) await expect.poll(() => dashboard.texts()).toEqual(all)
    expect([...one.wire.texts, ...other.wire.texts].sort()).toEqual([...texts].sort())
    expect(notes()).toBe(1)
  })

  for (const [where, options] of [
    ['a phone', phone],
    ['a laptop', {}],
  ] as const) {
    test(`[DL5] a refused reply stays with its reason, on ${where}; it is tried again, or deleted`, async () => {
      const first = `Do you sell to people with ${where}?`
      const conversation = await question(first)
      const { dashboard, wire } = await answering(conversation, options)
      await dashboard.paste('A sign that cannot be kept: \0 !')
      await dashboard.page.getByText('The text has characters that cannot be stored.').waitFor()
      wire.refuse('not_found')
      await dashboard.reply('To nobody, so far')
      await dashboard.message('To nobody, so far').getByText('Not sent.').waitFor()
      await wire.mend()
      await dashboard.page.reload()
      await dashboard.message('To nobody, so far').getByRole('button', { name: 'Try again' }).click()
      await expect.poll(() => owner.messagesOf(conversation)).toEqual([first, 'To nobody, so far'])
      await dashboard.message('A sign that cannot').getByRole('button', { name: 'Delete' }).click()
      await expect.poll(() => dashboard.texts()).toEqual([first, 'To nobody, so far'])
      await dashboard.page.reload()
      await dashboard.message('To nobody, so far').waitFor()
      expect(await dashboard.texts()).toEqual([first, 'To nobody, so far'])
    })
  }

  test('[DL5] a reply to a conversation that somebody else has taken stays before the eyes of who wrote it', async () => {
    const conversation = await question('Who answers me?')
    const { dashboard, wire } = await answering(conversation, { who: noor })
    await wire.cut()
    await dashboard.reply('I do')
    await owner.take(conversation)
    await wire.mend()
    await dashboard.page.getByText('This conversation cannot be shown.').waitFor()
    await dashboard.page.getByText('I do', { exact: true }).waitFor()
    expect(await owner.messagesOf(conversation)).toEqual(['Who answers me?'])
    await dashboard.page.getByRole('button', { name: 'Delete' }).click()
    await dashboard.page.getByText('I do', { exact: true }).waitFor({ state: 'hidden' })
    await dashboard.page.reload()
    await dashboard.page.getByText('This conversation cannot be shown.').waitFor()
    expect(await dashboard.page.getByText('I do', { exact: true }).count()).toBe(0)
  })
})

/** Notes go over HTTP. */
function countOfNotes(page: Page): () => number {
  let count = 0
  page.context().on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/messages')) count++
  })
  return () => count
}

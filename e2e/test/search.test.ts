/** What somebody looks for in the dashboard: found, gone to where it stands, and read on from there; and what is counted. */
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import type { Message } from '../../protocol/records.ts'
import { Visitor } from '../../scripts/demo/visitor.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile, picture } from '../browser.ts'
import { Dashboard } from '../dashboard.ts'
import { Owner, ownerAccount } from '../owner.ts'
import { Signet } from '../signet.ts'

describe.skipIf(!chromiumPath)('search and reports', () => {
  let browser: Browser
  let signet: Signet
  let owner: Owner
  let visitor: Visitor
  let first: Message
  let profile: Profile

  beforeAll(async () => {
    signet = await Signet.start({ env: { MESSAGE_BURST: '1000' } })
    owner = await Owner.setUp(signet.url)
    const site = { url: signet.url, project: owner.project, secret: await owner.generateSecret(), now: Date.now }
    visitor = await Visitor.arrive(site, { name: 'Maya Lindqvist', email: 'maya@example.com' })
    first = await visitor.begin('Hello')
    await writeMany('before', 30)
    await visitor.write(first.conversationId, 'It came with a silver pocket watch')
    await writeMany('after', 150)
    browser = await launchBrowser()
    profile = await newProfile(browser)
  })
  afterAll(async () => {
    await browser?.close()
    await signet?.stop()
  })

  async function writeMany(when: string, count: number) {
    const texts = Array.from({ length: count }, (_, index) => `Line ${index + 1} ${when} it`)
    await Promise.all(texts.map((text) => visitor.write(first.conversationId, text)))
  }

  test('what was found is gone to, shared by its address, and read on from without a hole', async () => {
    onTestFailed(async () => console.log(await picture(profile, 0), signet.errors))
    const { page } = profile
    const dashboard = new Dashboard(page, signet.url)
    await dashboard.signIn(ownerAccount)
    await page.keyboard.press('/')
    await page.keyboard.type('SILVER watc')
    const result = page.getByRole('list', { name: 'Found conversations' }).getByRole('link', { name: /Maya/ })
    await result.press('Enter')
    const found = dashboard.message('silver pocket watch')
    await isShown(found)
    await expect.poll(() => found.evaluate((message) => message === document.activeElement)).toBe(true)
    await visitor.write(first.conversationId, 'Are you there?')
    await page.getByRole('button', { name: 'New messages' }).waitFor()
    expect(await dashboard.texts()).not.toContain('Are you there?')

    await page.reload()
    await isShown(found)
    const all = await owner.messagesOf(first.conversationId)
    await expect.poll(() => readOn(dashboard)).toBe('Are you there?')
    const shown = await dashboard.texts()
    expect(shown).toEqual(all.slice(-shown.length))
    expect(shown).toContain('It came with a silver pocket watch')

    // The same again by plain keys, and back to the latest.
    await page.getByRole('searchbox').fill('pocket')
    await result.waitFor()
    await page.getByRole('searchbox').blur()
    await page.keyboard.press('j')
    await isShown(found)
    await page.getByRole('button', { name: 'Latest' }).click()
    await isShown(dashboard.message('Are you there?'))
    expect(page.url()).toMatch(new RegExp(`/inbox/${first.conversationId}$`))

    await page.getByRole('link', { name: 'Reports' }).click()
    await page.getByRole('heading', { name: 'Reports' }).waitFor()
    await page.getByText('0 by agents', { exact: true }).waitFor()
    // Who has no session yet is asked to sign in.
    expect(profile.complaints.filter((text) => !/401/.test(text))).toEqual([])
  })
})

/** In the middle of it nothing stands before it. */
async function isShown(message: Locator) {
  await message.waitFor()
  const isInFront = () =>
    message.evaluate((one) => {
      const { x, y, width, height } = one.getBoundingClientRect()
      return document.elementFromPoint(x + Math.min(width / 2, 20), y + height / 2)?.closest('article') === one
    })
  await expect.poll(isInFront).toBe(true)
}

/** Down to the end of what is there; gives the last text. */
async function readOn(dashboard: Dashboard): Promise<string | undefined> {
  await dashboard.page.getByRole('log', { name: 'Messages' }).evaluate((log) => log.scrollTo(0, 0))
  return (await dashboard.texts()).at(-1)
}

/** What people leave with us: files that show, and a person who asks that nothing of him stays. */
import type { Browser, Locator } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import { Visitor } from '../../scripts/demo/visitor.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile, picture } from '../browser.ts'
import { Dashboard } from '../dashboard.ts'
import { Owner, ownerAccount } from '../owner.ts'
import { Signet } from '../signet.ts'

const maya = { name: 'Maya Lindqvist', email: 'maya@example.com', externalId: 'customer-1843' }

describe.skipIf(!chromiumPath)('what is kept of a person', () => {
  let browser: Browser
  let signet: Signet
  let owner: Owner
  let profile: Profile
  let dashboard: Dashboard

  beforeAll(async () => {
    signet = await Signet.start()
    owner = await Owner.setUp(signet.url)
    const site = { url: signet.url, project: owner.project, secret: await owner.generateSecret(), now: Date.now }
    const { conversationId } = await (await Visitor.arrive(site, maya)).begin('Forget me, please')
    browser = await launchBrowser()
    profile = await newProfile(browser)
    dashboard = new Dashboard(profile.page, signet.url)
    await dashboard.signIn(ownerAccount)
    await dashboard.visit(owner.project, conversationId)
    // Who comes to sign in is nobody yet.
    profile.complaints.length = 0
  })
  afterAll(async () => {
    await browser?.close()
    await signet?.stop()
  })

  test('a picture is sent with a note alone, shown under the strict policy, and looked at by keyboard', async () => {
    onTestFailed(async () => console.log(await picture(profile, 1), signet.errors))
    const { page } = profile
    const teapot = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#1f6f54' } })
      .png()
      .toBuffer()
    await page.getByRole('tab', { name: 'Note' }).click()
    await page.locator('input[type=file]').setInputFiles({ name: 'teapot.png', mimeType: 'image/png', buffer: teapot })
    await page.getByRole('button', { name: 'Remove teapot.png' }).waitFor()
    await page.getByRole('textbox', { name: 'Note for your team' }).press('Enter')
    const small = page.getByRole('button', { name: 'Photo teapot.png. Open' })
    await small.focus()
    await expect.poll(() => widthOf(small.locator('img'))).toBeGreaterThan(0)
    await page.keyboard.press('Enter')
    const large = page.getByRole('dialog', { name: 'Photo teapot.png' }).getByRole('img')
    await expect.poll(() => widthOf(large)).toBe(600)
    await page.keyboard.press('Escape')
    await large.waitFor({ state: 'hidden' })
    await expect.poll(() => small.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(profile.complaints).toEqual([])
  })

  test('[HT6] a person is erased when it is meant, and the screen forgets him', async () => {
    onTestFailed(async () => console.log(await picture(profile, 2), signet.errors))
    const { page } = profile
    await page.getByRole('button', { name: /^Erase .*Maya Lindqvist/ }).click()
    const asked = page.getByRole('alertdialog', { name: /^Erase / })
    await asked.getByText(/^1 conversation, .* go, with the profile/).waitFor()
    await asked.getByRole('button', { name: 'Erase now' }).click()
    await asked.getByText('Type “erase”. It cannot be undone.').waitFor()
    expect(await found()).toHaveLength(1)
    await page.keyboard.type('erase')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: /Maya Lindqvist.* is erased/ }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toMatch(/\/inbox$/)
    expect(await dashboard.row(/Maya/).count()).toBe(0)
    expect(await found()).toEqual([])
    await dashboard.openSettings('Privacy')
    await page.getByLabel('External id').fill(maya.externalId)
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByText('Nobody is stored by this id').waitFor()
  })

  async function found(): Promise<unknown> {
    const { body } = await dashboard.get(`/projects/${owner.project}/visitors?externalId=${maya.externalId}`)
    return Object(body).visitors
  }
})

function widthOf(image: Locator): Promise<number> {
  return image.evaluate((element) => (element instanceof HTMLImageElement ? element.naturalWidth : 0))
}

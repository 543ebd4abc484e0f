/** What a customer wrote and could not send: nothing of it is lost, nothing arrives twice, and what is refused stays. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import { chromiumPath, launchBrowser, newProfile, type Profile, picture } from '../browser.ts'
import { Customer } from '../customer.ts'
import { Owner } from '../owner.ts'
import { Shop } from '../shop.ts'
import { Signet } from '../signet.ts'
import { Wire } from '../wire.ts'

const burst = 8
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
// Offline nothing is reached, and while the shop starts anew its page has no token to give.
const expected = /Failed to load resource|WebSocket connection to|ERR_|secret_revoked|token_unavailable|\] offline:/

/** Each is run in the page before anything else. */
const brokenStorages = {
  'is not there': () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
  'is forbidden': () =>
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('Not allowed here.', 'SecurityError')
      },
    }),
  'never answers': () => {
    IDBFactory.prototype.open = () => Object.create(IDBOpenDBRequest.prototype, { onupgradeneeded: { set() {} } })
  },
  'takes nothing in': () => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('It is full.', 'QuotaExceededError')
    }
  },
} satisfies Record<string, () => void>

describe.skipIf(!chromiumPath)('the outbox of a customer', () => {
  let browser: Browser
  let signet: Signet
  let shop: Shop
  let owner: Owner
  let profiles: Profile[] = []

  beforeAll(async () => {
    signet = await Signet.start({ env: { MESSAGE_BURST: String(burst), MESSAGES_PER_MINUTE: '60' } })
    owner = await Owner.setUp(signet.url)
    shop = await Shop.start({ signet: signet.url, project: owner.project, secret: await owner.generateSecret() })
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
    await shop?.stop()
    await signet?.stop()
  })

  async function newBrowser(options: BrowserContextOptions = {}): Promise<Page> {
    const profile = await newProfile(browser, options)
    profiles.push(profile)
    const index = profiles.length
    onTestFailed(async () => console.log(await picture(profile, index), signet.errors))
    return profile.page
  }

  /** A guest with the chat open, who has written once. */
  async function guest(page: Page, first: string) {
    const wire = await Wire.of(page)
    const customer = new Customer(page, shop)
    await customer.visit()
    await customer.openChat()
    await customer.write(first)
    await customer.mark('Sent').waitFor()
    return { customer, wire }
  }

  async function tabOf(page: Page, options: { cut?: boolean } = {}) {
    const tab = await page.context().newPage()
    return { customer: new Customer(tab, shop), wire: await Wire.of(tab, options) }
  }

  test('[DL5] what is written offline outlives the closed tab, and the next page sends it by itself, once', async () => {
    const page = await newBrowser()
    const { customer } = await guest(page, 'A guest before the tunnel')
    await page.context().setOffline(true)
    await customer.write('Written in the tunnel')
    // At once, as somebody does who puts the phone away.
    await page.close()
    await page.context().setOffline(false)
    const next = await tabOf(page)
    await next.customer.visit()
    await expect.poll(() => owner.stored('A guest before the tunnel')).toHaveLength(2)
    await next.customer.openChat()
    await next.customer.mark('Sent').waitFor()
    expect(await next.customer.texts()).toEqual(['A guest before the tunnel', 'Written in the tunnel'])
    expect(next.wire.texts).toEqual(['Written in the tunnel'])
  })

  test('[DL5] what waits outlives reloads, in its order, and arrives once', async () => {
    const page = await newBrowser()
    const { customer, wire } = await guest(page, 'A guest with a bad wire')
    await wire.cut()
    for (const text of ['one', 'two']) await customer.write(text)
    for (const text of ['three', 'four']) {
      await page.reload()
      await customer.openChat()
      await customer.mark('Sending…').waitFor()
      await customer.write(text)
    }
    const all = ['A guest with a bad wire', 'one', 'two', 'three', 'four']
    expect(await customer.texts()).toEqual(all.slice(1))
    expect(wire.texts).toEqual(['A guest with a bad wire'])
    await wire.mend()
    await expect.poll(() => owner.stored('A guest with a bad wire')).toEqual(all)
    expect(wire.texts).toEqual(all)
    await expect.poll(() => customer.texts()).toEqual(all)
  })

  test('[DL5] the very first words are kept as well, and begin one conversation', async () => {
    const page = await newBrowser()
    const wire = await Wire.of(page, { cut: true })
    const customer = new Customer(page, shop)
    await customer.visit()
    await customer.openChat()
    for (const text of ['Nobody knows me yet', 'and I write a second time']) await customer.write(text)
    await page.reload()
    await wire.mend()
    await expect
      .poll(() => owner.stored('Nobody knows me yet'))
      .toEqual(['Nobody knows me yet', 'and I write a second time'])
  })

  test('[DL1][DL5] of two tabs with the same unsent messages one sends each of them, and both show it once', async () => {
    const page = await newBrowser()
    const one = await guest(page, 'A guest with two tabs')
    await one.wire.cut()
    const texts = ['first', 'second', 'third', 'fourth']
    for (const text of texts) await one.customer.write(text)
    const other = await tabOf(page, { cut: true })
    await other.customer.visit()
    await other.customer.openChat()
    await other.customer.message('fourth').waitFor()
    const tabs = [one, other]
    await Promise.all(tabs.map(({ wire }) => wire.mend()))
    const all = ['A guest with two tabs', ...texts]
    await expect.poll(() => owner.stored('A guest with two tabs')).toEqual(all)
    for (const { customer } of tabs) await expect.poll(() => customer.texts()).toEqual(all)
    expect([...one.wire.texts.slice(1), ...other.wire.texts].sort()).toEqual([...texts].sort())
  })

  test('[DL5] what a tab left behind is sent by the tab that is still open', async () => {
    const page = await newBrowser()
    const one = await guest(page, 'A guest who closes a tab')
    const other = await tabOf(page)
    await other.customer.visit()
    await other.customer.openChat()
    await other.customer.message('A guest who closes a tab').waitFor()
    await Promise.all([one.wire.cut(), other.wire.cut()])
    await one.customer.write('left behind')
    await page.close()
    await other.wire.mend()
    await expect.poll(() => owner.stored('A guest who closes a tab')).toContain('left behind')
    await other.customer.message('left behind').waitFor()
    expect(other.wire.texts).toEqual(['left behind'])
  })

  test('[SS6][DL5] what was on its way when the secret was revoked is sent under the next session, once', async () => {
    const page = await newBrowser()
    const wire = await Wire.of(page)
    const customer = new Customer(page, shop)
    await customer.logIn('maya@example.com')
    await customer.visit('/?sign-in=provider')
    await customer.openChat()
    await customer.write('Maya before the change')
    await customer.mark('Sent').waitFor()
    wire.stall()
    await customer.write('Maya in the middle of it')
    const secret = await owner.generateSecret()
    await customer.message('Maya in the middle of it').waitFor({ state: 'hidden' })
    await wire.mend()
    await shop.restartWith({ secret })
    const all = ['Maya before the change', 'Maya in the middle of it']
    await expect.poll(() => owner.stored('Maya before the change'), { timeout: 60_000 }).toEqual(all)
    await customer.mark('Sent').waitFor()
    expect(await customer.texts()).toEqual(all)
  })

  test('[VS8][DL5] what is written in the moment of a renewal is sent once', async () => {
    const page = await newBrowser()
    const wire = await Wire.of(page)
    const customer = new Customer(page, shop)
    await customer.logIn('tomas@example.com')
    await customer.visit('/?sign-in=provider')
    await customer.openChat()
    await customer.write('Tomas signs in again and again')
    await customer.mark('Sent').waitFor()
    const texts = ['early', 'midway', 'late']
    for (const text of texts) {
      const renewed = page.waitForResponse((response) => response.url().endsWith('/visitor-sessions'))
      await customer.write(text)
      await customer.signInAgain()
      await renewed
      await customer.composer.waitFor()
    }
    const all = ['Tomas signs in again and again', ...texts]
    await expect.poll(() => owner.stored('Tomas signs in again and again')).toEqual(all)
    await expect.poll(() => customer.texts()).toEqual(all)
    expect(new Set(wire.texts)).toEqual(new Set(all))
  })

  test('[DL5][DL7] more than may be sent at once stays pending and goes later, each message once and in order', async () => {
    const page = await newBrowser()
    const { customer, wire } = await guest(page, 'A guest in a hurry')
    const texts = Array.from({ length: burst + 4 }, (_, index) => `line ${index + 1}`)
    // At one moment, so that the machine's pace does not keep them within the limit.
    await wire.cut()
    for (const text of texts) await customer.write(text)
    await wire.mend()
    await expect.poll(() => wire.refusals).toContain('rate_limited')
    expect(await customer.chat.getByText('Not sent').count()).toBe(0)
    await expect.poll(() => owner.stored('A guest in a hurry')).toEqual(['A guest in a hurry', ...texts])
    await customer.mark('Sent').waitFor()
    expect(await customer.texts()).toEqual(['A guest in a hurry', ...texts])
  })

  for (const [where, options] of [
    ['a phone', phone],
    ['a laptop', {}],
  ] as const) {
    test(`[DL5] what the server refuses stays with its reason, on ${where}; it is tried again, or deleted`, async () => {
      const page = await newBrowser(options)
      const first = `A guest with odd signs on ${where}`
      const { customer, wire } = await guest(page, first)
      await customer.paste('A sign that cannot be kept: \0 !')
      await customer.chat.getByText('The text has characters that cannot be stored.').waitFor()
      wire.refuse('not_found')
      await customer.write('To a conversation that is gone')
      await customer.chat.getByText('There is nothing here.').waitFor()
      await wire.mend()
      await page.reload()
      await customer.openChat()
      for (const text of ['A sign that cannot', 'To a conversation']) {
        await expect.poll(() => customer.failed(text).count()).toBe(1)
      }
      expect(await owner.stored(first)).toEqual([first])

      const refusals = wire.refusals.length
      await customer.failed('A sign that cannot').getByRole('button', { name: 'Try again' }).click()
      await expect.poll(() => wire.refusals.length).toBe(refusals + 1)
      await customer.failed('A sign that cannot').waitFor()
      await customer.failed('To a conversation').getByRole('button', { name: 'Try again' }).click()
      await expect.poll(() => owner.stored(first)).toEqual([first, 'To a conversation that is gone'])
      await customer.failed('A sign that cannot').getByRole('button', { name: 'Delete' }).click()
      await expect.poll(() => customer.texts()).toEqual([first, 'To a conversation that is gone'])
      await page.reload()
      await customer.openChat()
      await customer.message(first).waitFor()
      expect(await customer.texts()).toEqual([first, 'To a conversation that is gone'])
      expect(await owner.stored(first)).toHaveLength(2)
    })
  }

  for (const [how, breakStorage] of Object.entries(brokenStorages)) {
    test(`[DL5] where IndexedDB ${how} the chat works all the same`, async () => {
      const page = await newBrowser()
      await page.addInitScript(breakStorage)
      const { customer, wire } = await guest(page, `A guest whose IndexedDB ${how}`)
      await wire.cut()
      await customer.write('kept in memory')
      await customer.mark('Sending…').waitFor()
      await wire.mend()
      await expect
        .poll(() => owner.stored(`A guest whose IndexedDB ${how}`))
        .toEqual([`A guest whose IndexedDB ${how}`, 'kept in memory'])
      await customer.mark('Sent').waitFor()
      expect(wire.texts.slice(1)).toEqual(['kept in memory'])
    })
  }
})

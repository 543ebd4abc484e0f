/** Two customers of one shop at one computer: what the first wrote is never before the second's eyes. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Agent } from '../../scripts/demo/agent.ts'
import { chromiumPath, launchBrowser, newProfile } from '../browser.ts'
import { Customer } from '../customer.ts'
import { Shop } from '../shop.ts'
import { Signet } from '../signet.ts'

const written = 'My order went to the wrong address'
const draft = 'The right one would be'

describe.skipIf(!chromiumPath)('a computer that two customers share', () => {
  let browser: Browser
  let signet: Signet
  let shop: Shop

  beforeAll(async () => {
    signet = await Signet.start()
    const { api } = new Agent(signet.url)
    const owner = { name: 'Ada Marsh', email: 'ada@example.com', password: 'correct horse battery' }
    const { project } = await api('POST /setup', { body: { ...owner, projectName: 'Halden Tea' } })
    const params = { project: project.id }
    const { secret } = await api('POST /projects/:project/shared-secrets', { params, body: {} })
    shop = await Shop.start({ signet: signet.url, project: project.id, secret })
    browser = await launchBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
    await signet?.stop()
  })

  async function mayaAtTheComputer() {
    const { page, close } = await newProfile(browser)
    const sessions = sessionsGivenTo(page)
    const customer = new Customer(page, shop)
    await customer.logIn('maya@example.com')
    await customer.openChat()
    await customer.write(written)
    await customer.chat.getByText('Sent', { exact: true }).waitFor()
    await customer.composer.fill(draft)
    const [session = ''] = sessions
    expect((await visitorSession(session)).status).toBe(200)
    return { customer, session, close }
  }

  async function visitorSession(session: string) {
    return fetch(`${signet.url}/api/v1/visitor-session`, { headers: { authorization: `Bearer ${session}` } })
  }

  test('[VS6] logging out of the shop ends the session and wipes the browser', async () => {
    const { customer, session, close } = await mayaAtTheComputer()
    await watchFor(customer.page, [written, draft, 'Maya'])
    await customer.logOut()
    await expect.poll(async () => (await visitorSession(session)).status).toBe(401)
    await customer.openChat()
    await customer.composer.waitFor()
    expect(await customer.texts()).toEqual([])
    expect(await customer.composer.inputValue()).toBe('')
    expect(await storageOf(customer.page)).not.toMatch(/wrong address|right one|Maya|customer-1001/)
    expect(await seenIn(customer.page)).toEqual([])
    await close()
  })

  test('[VS5] another customer who logs in never sees the first one’s words, though nobody logged out', async () => {
    const { customer, session, close } = await mayaAtTheComputer()
    await watchFor(customer.page, [written, draft, 'Maya'])
    await customer.page.context().clearCookies()
    await customer.logIn('tomas@example.com')
    await customer.openChat()
    await customer.composer.waitFor()
    expect(await customer.texts()).toEqual([])
    expect(await customer.composer.inputValue()).toBe('')
    expect(await seenIn(customer.page)).toEqual([])
    await expect.poll(async () => (await visitorSession(session)).status).toBe(401)

    await customer.write('This one is mine')
    await customer.page.context().clearCookies()
    await customer.logIn('maya@example.com')
    await customer.openChat()
    await customer.message(written).first().waitFor()
    expect(new Set(await customer.texts())).toEqual(new Set([written]))
    // Her own words are seen now, so the watch above could have seen them.
    expect(await seenIn(customer.page)).toContain(written)
    await close()
  })
})

function sessionsGivenTo(page: Page): string[] {
  const sessions: string[] = []
  page.on('response', async (response) => {
    if (!response.url().endsWith('/visitor-sessions') || response.status() !== 201) return
    const { session } = await response.json()
    sessions.push(session)
  })
  return sessions
}

/** From the next page on, notes in each frame which of these words the chat shows. */
async function watchFor(page: Page, words: string[]) {
  await page.addInitScript((unwanted) => {
    const seen = new Set<string>()
    Object.assign(window, { seenInChat: seen })
    const look = () => {
      const root = document.querySelector('#tiledesk-container')?.shadowRoot
      const fields = [...(root?.querySelectorAll('textarea') ?? [])].map(({ value }) => value)
      const shown = [root?.textContent ?? '', ...fields].join('\n')
      for (const word of unwanted) if (shown.includes(word)) seen.add(word)
      requestAnimationFrame(look)
    }
    look()
  }, words)
}

async function seenIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = 'seenInChat' in window && window.seenInChat
    if (!(seen instanceof Set)) throw new Error('Nobody watched.')
    return [...seen]
  })
}

async function storageOf(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]))
}

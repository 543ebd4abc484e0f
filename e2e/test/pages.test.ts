/** [WG1] Pages that were written for another chat, as they stand but for the script's address, in a real browser. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Agent } from '../../scripts/demo/agent.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile, picture } from '../browser.ts'
import { Tab } from '../host-site.ts'
import { ownerAccount } from '../owner.ts'
import { legacyId, PageSite } from '../page-site.ts'
import { Signet } from '../signet.ts'

describe.skipIf(!chromiumPath)('a page that was written for another chat', () => {
  let browser: Browser
  let signet: Signet
  let site: PageSite
  let agent: Agent
  let project: string
  let profile: Profile
  let page: Page
  let tab: Tab

  beforeAll(async () => {
    const browserIsUp = launchBrowser()
    signet = await Signet.start()
    agent = new Agent(signet.url)
    project = (await agent.api('POST /setup', { body: { ...ownerAccount, projectName: 'Halden Tea' } })).project.id
    await agent.api('PATCH /projects/:project', { params: { project }, body: { legacyId } })
    const { secret } = await agent.api('POST /projects/:project/shared-secrets', { params: { project }, body: {} })
    site = await PageSite.open({ signet: signet.url, secret })
    browser = await browserIsUp
  })

  beforeEach(async () => {
    profile = await newProfile(browser)
    page = profile.page
    tab = new Tab(page)
    await page.addInitScript(() => {
      const broken: string[] = []
      Reflect.set(window, 'broken', broken)
      window.onerror = (message) => void broken.push(String(message))
      window.onunhandledrejection = ({ reason }) => void broken.push(String(reason))
      window.addEventListener('securitypolicyviolation', (event) => broken.push(event.violatedDirective))
    })
  })

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      console.log(signet.output, await picture(profile, 0), await seen().catch(() => []))
    await profile.close()
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    await signet?.stop()
  })

  /** What the page's own script has noted. */
  const seen = (): Promise<string[]> => page.evaluate(() => Reflect.get(window, 'seen') ?? [])

  async function visit(name: string, options = ''): Promise<void> {
    await page.goto(`${site.url}/${name}.html${options}`)
  }

  /** Nothing of ours may reach the page: not its onerror, not its policy, not its console. */
  async function expectNoHarm(): Promise<void> {
    expect(await page.evaluate(() => Reflect.get(window, 'broken'))).toEqual([])
    expect(profile.complaints).toEqual([])
  }

  /** The message, as soon as an agent has it, with who wrote it. */
  async function arrived(text: string) {
    await expect.poll(() => findMessage(text)).toBeTruthy()
    const found = await findMessage(text)
    if (!found) throw new Error(`"${text}" is gone again.`)
    return found
  }

  async function findMessage(text: string) {
    const { conversations } = await agent.api('GET /projects/:project/conversations', {
      params: { project },
      query: {},
    })
    for (const conversation of conversations) {
      const params = { conversation: conversation.id }
      const { messages } = await agent.api('GET /conversations/:conversation/messages', { params, query: {} })
      const message = messages.find((each) => each.text === text)
      if (message && 'visitor' in conversation) return { message, visitor: conversation.visitor, id: conversation.id }
    }
    return undefined
  }

  test('[WG2] v2: a log-in form is shown until a bare token came, then the chat shows and opens itself', async () => {
    await visit('v2-log-in')
    await page.getByLabel('Name').fill('noah')
    expect(await seen()).toEqual(['loadParams function', 'isLoggedIn false'])
    expect(await tab.page.locator('.launcher').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByText('You are logged in.').waitFor()
    await tab.write('Is my order on its way?')
    expect(await page.getByLabel('Name').isVisible()).toBe(false)

    const { message, visitor, id } = await arrived('Is my order on its way?')
    expect(visitor).toMatchObject({ externalId: 'noah', name: 'Noah', identity: 'verified' })
    expect(message.attributes).toMatchObject({ userCompany: 'Halden' })
    expect(message.verification).not.toBeNull()
    await agent.write(id, 'It left this morning.')
    await tab.bubble('It left this morning.').waitFor()

    await tab.call('close')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByLabel('Name').waitFor()
    expect(await seen()).toEqual([
      'loadParams function',
      'isLoggedIn false',
      'isLoggedIn true',
      'beforeMessageSend Is my order on its way?',
      'afterMessageSend Is my order on its way?',
      'isLoggedIn false',
    ])
    expect(await tab.bubble('It left this morning.').count()).toBe(0)
    await expectNoHarm()
  })

  test('[WG2] v4: events in their order, and messages of the page’s buttons by position', async () => {
    await visit('v4-shop')
    await tab.openChat()
    await page.getByRole('button', { name: 'Ask about this pot' }).click()
    const asked = await arrived('How much does the Kyusu hold?')
    expect(asked.message.attributes).toMatchObject({ asked: 'by button' })
    expect(asked.visitor).toMatchObject({ name: 'Ines Prado', email: 'ines@prado.example', identity: 'claimed' })
    await page.getByRole('button', { name: 'I have ordered' }).click()
    const ordered = await arrived('I have ordered the Kyusu')
    expect(ordered.message.attributes).toMatchObject({ order: 4711, payload: { pot: 'Kyusu' } })
    expect(ordered.id).toBe(asked.id)
    await tab.write('And is it blue?')
    expect((await arrived('And is it blue?')).message.attributes).toMatchObject({ page: 'teapots' })

    await agent.write(asked.id, 'Three deciliters.')
    await tab.bubble('Three deciliters.').waitFor()
    await page.waitForFunction(() => {
      const created: { text: string }[] = Reflect.get(window, 'created')
      return created.some(({ text }) => text === 'Three deciliters.')
    })
    await tab.call('close')
    expect(await seen()).toEqual([
      'init undefined',
      'onLoadParams',
      'onAuthStateChanged false',
      'onInit',
      'onAuthStateChanged true',
      'onLoggedIn',
      'onOpen',
      'onNewConversation',
      'onClose',
    ])
    await expectNoHarm()
  })

  test('[WG2] v5: everything through the queue, before and after the script is there', async () => {
    await visit('v5-queue')
    await expect.poll(seen).toContain('onAuthStateChanged online true')
    await page.getByRole('button', { name: 'Discuss', exact: true }).click()
    const { message, visitor, id } = await arrived('I have read about the first flush')
    expect(visitor).toMatchObject({ name: 'Maya Lindqvist', identity: 'verified' })
    expect(message.attributes).toMatchObject({ journal: 'spring' })
    await page.getByRole('button', { name: 'Discuss more' }).click()
    const more = await arrived('And about the second')
    expect(more.id).toBe(id)
    expect(more.message.attributes).toMatchObject({ page: 2 })
    await tab.openChat()
    await tab.chat.getByText('The editors').first().waitFor()
    await tab.write('By hand')
    expect((await arrived('By hand')).message.attributes).toMatchObject({ reader: true })
    expect(await seen()).toEqual([
      'onLoadParams',
      `onBeforeInit ${legacyId}`,
      'onAuthStateChanged offline false',
      'onInit',
      'onAuthStateChanged online true',
    ])
    await expectNoHarm()
  })

  test('[WG2] the queue is made although the page has an init of its own, and stays open', async () => {
    await visit('v5-queue-and-init')
    await expect.poll(seen).toContain('queue onInit')
    await page.evaluate('Tiledesk("open")')
    await tab.chat.waitFor()
    expect(await seen()).toEqual(['init', 'on onInit', 'queue onInit', 'late onOpen', 'late on onOpen'])
    await expectNoHarm()
  })

  test('[WG1] a script in the head of a page without a body; to open an open chat leaves it open', async () => {
    await visit('head-only')
    await tab.write('From a page without a body')
    await arrived('From a page without a body')
    expect(await seen()).toEqual(['onInit'])
    await expectNoHarm()
  })

  test('[WG2] a site of one page begins anew with another person, and shows nothing of the one before', async () => {
    await visit('one-page-site')
    await expect.poll(seen).toContain('in sofia')
    await tab.openChat()
    await tab.write('From Sofia')
    await page.evaluate('switchTo("teo")')
    await expect.poll(seen).toContain('in teo')
    await tab.openChat()
    await tab.write('From Teo')
    expect(await tab.bubble('From Sofia').count()).toBe(0)
    expect(await page.locator('#tiledesk-container').count()).toBe(1)
    expect((await arrived('From Sofia')).visitor.externalId).toBe('sofia')
    expect((await arrived('From Teo')).visitor.externalId).toBe('teo')
    const order = (await seen()).filter((each) => !each.startsWith('in '))
    expect(order).toEqual(['init sofia', 'onInit sofia', 'init teo', 'onInit teo'])
    await expectNoHarm()
  })

  test('[WG4] a policy that allows nothing inline, no evaluation and no markup', async () => {
    await visit('strict-policy')
    await tab.openChat()
    await tab.write('Under a strict policy')
    expect((await arrived('Under a strict policy')).visitor.externalId).toBe('strict')
    await expectNoHarm()
  })

  test('[WG4] [WG6] hostile styles, shortcuts, prototypes and loaders; every handler of the page fails', async () => {
    await visit('hostile')
    const launcher = page.locator('.launcher')
    await launcher.waitFor()
    const box = await launcher.boundingBox()
    expect(box).toMatchObject({ width: 56, height: 56 })
    await tab.openChat()
    await tab.composer.pressSequentially('Against all odds')
    await tab.composer.press('Enter')
    const { message } = await arrived('Against all odds')
    expect(message.attributes).toMatchObject({ cups: 'white' })
    expect(await tab.composer.evaluate((field) => getComputedStyle(field).textTransform)).toBe('none')
    const noted = await page.evaluate(() => ({
      shortcuts: Reflect.get(window, 'shortcuts'),
      defined: Reflect.get(window, 'defined'),
      exported: Object.keys(Reflect.get(window, 'module').exports),
      taken: ['$', '_', 't', 'e', 'n', 'name'].map((name) => Reflect.get(window, name)),
      broken: Reflect.get(window, 'broken'),
    }))
    expect(noted).toEqual({ shortcuts: [], defined: [], exported: [], taken: Array(6).fill('taken'), broken: [] })
    expect(new Set(await seen())).toEqual(new Set(['page_callback_failed']))
    expect(profile.complaints.filter((line) => !line.includes('page_callback_failed'))).toEqual([])
  })

  test('[WG1] two scripts, of two generations, make one chat', async () => {
    await visit('twice')
    await tab.openChat()
    await tab.write('From one of two')
    await arrived('From one of two')
    expect(await page.locator('#tiledesk-container').count()).toBe(1)
    expect(await seen()).toEqual(['init', 'onInit'])
    await expectNoHarm()
  })
})

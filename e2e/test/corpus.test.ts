/** [AG6] [WG6] What anybody says is text: several hundred strings through every field, on both sides, in a browser. */
import { randomUUID } from 'node:crypto'
import jwt from 'jsonwebtoken'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApi } from '../../client/api.ts'
import { maxAttachments } from '../../protocol/limits.ts'
import { Agent } from '../../scripts/demo/agent.ts'
import { sayLive } from '../../scripts/demo/live.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile, picture } from '../browser.ts'
import { corpus, packed } from '../corpus.ts'
import { Dashboard } from '../dashboard.ts'
import { Harm, strangersIn } from '../harm.ts'
import { Tab } from '../host-site.ts'
import { ownerAccount } from '../owner.ts'
import { legacyId, PageSite } from '../page-site.ts'
import { Signet } from '../signet.ts'

const unlimited = '1000000'
const env = { MESSAGES_PER_MINUTE: unlimited, MESSAGE_BURST: unlimited }
const packs = packed(500)
const names = packed(200)

/** Where the text is a page, and every key that an object has already. */
function attributesWith(text: string): Record<string, unknown> {
  const keys: unknown = JSON.parse('{"__proto__":{"innerHTML":"hit()"},"constructor":"hit()","toString":"hit()"}')
  return {
    sourceTitle: text,
    sourcePage: text,
    referrer: text,
    client: text,
    [text.slice(0, 60)]: text,
    ...Object(keys),
  }
}

describe.skipIf(!chromiumPath)('what anybody says', () => {
  let browser: Browser
  let signet: Signet
  let site: PageSite
  let agent: Agent
  let project: string
  let secret: string
  let profile: Profile
  let page: Page
  let harm: Harm

  beforeAll(async () => {
    const browserIsUp = launchBrowser()
    signet = await Signet.start({ env })
    agent = new Agent(signet.url)
    const [projectName = ''] = packed(120)
    project = (
      await agent.api('POST /setup', { body: { ...ownerAccount, name: '<img src=x onerror=hit()>', projectName } })
    ).project.id
    const params = { project }
    await agent.api('PATCH /projects/:project', { params, body: { legacyId } })
    secret = (await agent.api('POST /projects/:project/shared-secrets', { params, body: {} })).secret
    site = await PageSite.open({ signet: signet.url, secret })
    browser = await browserIsUp
  })

  beforeEach(async () => {
    profile = await newProfile(browser)
    harm = await Harm.watch(profile.page.context())
    page = await profile.page.context().newPage()
  })

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.log(await picture({ ...profile, page }, 0))
    await profile.close()
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    await signet?.stop()
  })

  async function expectNoHarm() {
    expect(await strangersIn(page)).toEqual([])
    expect(harm.done).toEqual([])
    expect(profile.complaints.filter((line) => !line.includes('/me'))).toEqual([])
    // It would have been noticed.
    await page.evaluate('hit()')
    expect(harm.done).toEqual(['ran'])
  }

  /** A visitor of the site, with whatever name, past every browser; gives his session. */
  async function arrive(claims: Record<string, unknown>): Promise<string> {
    const token = jwt.sign({ external_id: randomUUID(), ...claims }, secret, { algorithm: 'HS256', expiresIn: 300 })
    const api = createApi({ baseUrl: signet.url, session: () => undefined })
    return (await api('POST /projects/:project/visitor-sessions', { params: { project }, body: { token } })).session
  }

  /** Says it in this conversation or begins one; gives its id. */
  async function say(session: string, text: string, conversationId?: string): Promise<string> {
    const place = { attributes: attributesWith(text), ...(conversationId && { conversationId }) }
    const frame = { type: 'send' as const, clientId: randomUUID(), text, ...place }
    const greeting = { url: signet.url, hello: { project, session } }
    return sayLive(greeting, frame, (answer) => (answer.type === 'ack' ? answer.message.conversationId : undefined))
  }

  /** Files of a few bytes, called so. */
  async function sendFiles(conversation: string): Promise<void> {
    const attachmentIds: string[] = []
    for (const name of names.slice(0, maxAttachments)) {
      const query = `name=${encodeURIComponent(name.replaceAll('/', '∕').toWellFormed())}`
      const response = await fetch(`${signet.url}/api/v1/projects/${project}/attachments?${query}`, {
        method: 'POST',
        headers: { ...agent.headers, 'content-type': 'application/octet-stream' },
        body: 'hit()',
      })
      attachmentIds.push(((await response.json()) as { id: string }).id)
    }
    const body = { clientId: randomUUID(), text: '', attachmentIds }
    await agent.api('POST /conversations/:conversation/messages', { params: { conversation }, body })
  }

  async function conversationOf(text: string): Promise<string> {
    const list = () => agent.api('GET /projects/:project/conversations', { params: { project }, query: {} })
    const find = async () => (await list()).conversations.find(({ lastMessage }) => lastMessage?.text === text)?.id
    await expect.poll(find).toBeTruthy()
    return (await find()) ?? ''
  }

  test('messages, names and links of agents are text to a visitor', async () => {
    await page.route('**/conversations/*/messages*', async (route) => {
      const response = await route.fetch()
      const answer = await response.json()
      for (const [index, message] of answer.messages.entries()) message.author.name = names[index % names.length]
      await route.fulfill({ response, json: answer })
    })
    const tab = new Tab(page)
    await page.goto(`${site.url}/plain.html`)
    await tab.openChat()
    await tab.write('Say something')
    const params = { conversation: await conversationOf('Say something') }
    for (const text of packs) await agent.write(params.conversation, text)
    await tab.bubble(packs.at(-1) ?? '').waitFor()
    await expectAll(tab)
    await page.reload()
    await tab.openChat()
    await tab.bubble(packs.at(-1) ?? '').waitFor()
    await tab.chat.getByRole('log').evaluate((log) => log.scrollTo(0, 0))
    await expectAll(tab)
    await sendFiles(params.conversation)
    await expect.poll(() => tab.chat.locator('button.file').count()).toBe(maxAttachments)
    await expectButtons(tab, params.conversation)
    await expectNoHarm()
  })

  test('texts that the page or the project sets are text to a visitor', async () => {
    await page.goto(`${site.url}/plain.html`)
    await new Tab(page).openChat()
    const seen = await page.evaluate(async (texts) => {
      const { tiledesk } = window as unknown as { tiledesk: { setParameter(given: object): void } }
      const root = document.querySelector('#tiledesk-container')?.shadowRoot
      let shown = ''
      for (const value of texts) {
        const preChatFormJson = [
          { name: 'userFullname', type: 'text', label: value, errorLabel: value, mandatory: true },
          { name: value, type: 'static', value },
          { name: 'choice', type: 'checkbox', label: { en: value } },
        ]
        const names = [
          'widgetTitle',
          'welcomeTitle',
          'welcomeMsg',
          'calloutTitle',
          'calloutMsg',
          'userFullname',
          'userEmail',
        ]
        const others = ['privacyField', 'poweredBy', 'startMessage', 'whatsappNumber', 'telegramUsername', 'themeColor']
        for (const key of [...names, ...others, 'lang', 'marginX', 'fontFamily', 'bubbleSentBackground']) {
          tiledesk.setParameter({ key, value })
        }
        tiledesk.setParameter({ key: 'preChatFormJson', value: preChatFormJson })
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
        shown += root?.textContent
      }
      return shown
    }, packs)
    expect(missingIn(seen)).toEqual([])
    await expectNoHarm()
  })

  test('names, e-mails, pages, attributes and messages of visitors are text to an agent', async () => {
    const people = names.map((name) => name.replace(/\p{Cc}/gu, ' '))
    const emails = corpus.filter((text) => /^[^\s@]{1,60}$/.test(text)).map((text) => `${text}@b.example`)
    for (const [index, name] of people.entries()) {
      const claims = { name, attributes: attributesWith(name) }
      // What is no address at all is refused, and then he comes without.
      const session = await arrive({ ...claims, email: emails[index] }).catch(() => arrive(claims))
      await say(session, name)
    }
    const session = await arrive({ name: 'Talker' })
    const conversation = await say(session, packs[0] ?? '')
    for (const text of packs.slice(1)) await say(session, text, conversation)

    const dashboard = new Dashboard(page, signet.url)
    await dashboard.signIn(ownerAccount)
    await dashboard.openInbox()
    await dashboard.open(/Talker/)
    const log = page.getByRole('log', { name: 'Messages' })
    await sendFiles(conversation)
    await expect.poll(() => log.getByRole('button', { name: /^Download / }).count()).toBe(maxAttachments)
    const texts = async () => (await log.locator('.bubble').allTextContents()).join('\n')
    const shown: string[] = []
    await expect
      .poll(async () => {
        shown.push(await texts())
        await log.hover()
        await page.mouse.wheel(0, -600)
        return missingIn(shown.join('\n'))
      })
      .toEqual([])

    const rows = page.getByRole('list', { name: 'Conversations' })
    const found = new Set<string>()
    let turns = 0
    await expect
      .poll(async () => {
        for (const row of await rows.getByRole('listitem').allTextContents()) found.add(row)
        await rows.hover()
        // Down and up again: on a busy machine rows are drawn after they have been scrolled past.
        await page.mouse.wheel(0, turns++ % 40 < 20 ? 400 : -400)
        return found.size
      })
      .toBeGreaterThan(people.length)
    const addresses = await rows
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    for (const address of addresses.slice(0, 2)) {
      await page.goto(signet.url + address)
      await page.getByRole('textbox', { name: /^Reply to / }).waitFor()
      await page
        .getByText('@b.example')
        .or(page.getByText(packs[0] ?? ''))
        .first()
        .waitFor()
      expect(await strangersIn(page)).toEqual([])
    }
    await expectNoHarm()
  })

  test('names of departments are text to a visitor', async () => {
    const { id } = (await agent.api('GET /me', {})).agent
    // A project has at most fifty.
    const some = packed(120).filter((_, index) => index % 3 === 0)
    const names = some.map((name) => name.replace(/\p{Cc}/gu, ' ').trim())
    for (const name of names) {
      await agent.api('POST /projects/:project/departments', { params: { project }, body: { name, agentIds: [id] } })
    }
    await page.goto(`${site.url}/plain.html`)
    const tab = new Tab(page)
    await tab.openChat()
    const shown = () => tab.chat.locator('.departments button').allTextContents()
    await expect.poll(async () => new Set(await shown())).toEqual(new Set(names))
    await tab.chat.locator('.departments button').first().click()
    await tab.write('To the first of them')
    await expectNoHarm()
  })

  /** Under a bot's last message there are at most twenty. */
  async function expectButtons(tab: Tab, conversation: string) {
    const texts = corpus.filter((text) => text.length > 1 && text.length < 60)
    for (let at = 0; at < texts.length; at += 10) {
      const some = texts.slice(at, at + 10)
      const buttons = some.flatMap((value) => [
        { type: 'url', value, link: value, target: 'blank' },
        { type: 'text', value },
      ])
      const body = {
        clientId: randomUUID(),
        text: `Buttons from ${at}`,
        attributes: { attachment: { type: 'template', buttons } },
      }
      await agent.api('POST /conversations/:conversation/messages', { params: { conversation }, body })
      const shown = () => tab.chat.locator('.replies button').allTextContents()
      await expect.poll(shown).toEqual(some)
      expect(await strangersIn(page)).toEqual([])
    }
  }

  async function expectAll(tab: Tab) {
    const shown = async () => (await tab.chat.locator('.bubble').allTextContents()).join('\n')
    await expect.poll(async () => missingIn(await shown())).toEqual([])
  }

  const missingIn = (shown: string): string[] => corpus.filter((text) => !plain(shown).includes(plain(text)))
  // An agent is spared signs that turn the text around them.
  const plain = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
})

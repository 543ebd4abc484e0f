/** [WG3] What a page pays for a chat that nobody has opened, and when the rest comes. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Agent } from '../../scripts/demo/agent.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile } from '../browser.ts'
import { Tab } from '../host-site.ts'
import { ownerAccount } from '../owner.ts'
import { legacyId, PageSite } from '../page-site.ts'
import { Signet } from '../signet.ts'

describe.skipIf(!chromiumPath)('a chat that nobody has opened', () => {
  let browser: Browser
  let signet: Signet
  let site: PageSite
  let agent: Agent
  let project: string
  let profile: Profile
  let page: Page
  let asked: string[]
  let sockets: string[]

  beforeAll(async () => {
    const browserIsUp = launchBrowser()
    signet = await Signet.start()
    agent = new Agent(signet.url)
    project = (await agent.api('POST /setup', { body: { ...ownerAccount, projectName: 'Halden Tea' } })).project.id
    await agent.api('PATCH /projects/:project', { params: { project }, body: { legacyId } })
    site = await PageSite.open({ signet: signet.url, secret: '' })
    browser = await browserIsUp
  })

  beforeEach(async () => {
    profile = await newProfile(browser, { hasTouch: true })
    page = profile.page
    asked = []
    sockets = []
    page.on('request', (request) => asked.push(request.url().replace(signet.url, '')))
    page.on('websocket', (socket) => sockets.push(socket.url()))
  })

  afterEach(() => profile.close())

  afterAll(async () => {
    await browser?.close()
    site?.close()
    await signet?.stop()
  })

  const panelIsAsked = () => asked.some((address) => /^\/widget\/panel-[\w-]{8,}\.js$/.test(address))

  async function visit(): Promise<void> {
    await page.goto(`${site.url}/plain.html`, { waitUntil: 'networkidle' })
    await page.locator('.launcher').waitFor()
  }

  test('is the script and one question: no cookie, no font, no socket, nothing on the server', async () => {
    await visit()
    const ofChat = asked.filter((address) => address.startsWith('/'))
    expect(ofChat).toEqual(['/tiledesk.js', `/api/v1/projects/${legacyId}/widget`])
    expect(asked.filter((address) => /\.(woff2?|ttf|otf|css)\b/.test(address))).toEqual([])
    expect(sockets).toEqual([])
    expect(await page.context().cookies()).toEqual([])
    expect(await page.evaluate(() => document.fonts.size)).toBe(0)
    const { conversations } = await agent.api('GET /projects/:project/conversations', {
      params: { project },
      query: {},
    })
    expect(conversations).toEqual([])
    expect(profile.complaints).toEqual([])
  })

  test('fetches the panel when a pointer comes near, and has it before the click', async () => {
    await visit()
    expect(panelIsAsked()).toBe(false)
    const box = await page.locator('.launcher').boundingBox()
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20)
    await expect.poll(panelIsAsked).toBe(true)
    await page.waitForLoadState('networkidle')
    asked.length = 0
    await page.locator('.launcher').click()
    await new Tab(page).chat.waitFor()
    expect(panelIsAsked()).toBe(false)
  })

  test('fetches the panel when the keyboard reaches it', async () => {
    await visit()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expect.poll(panelIsAsked).toBe(true)
    expect(await new Tab(page).chat.isVisible()).toBe(false)
  })

  test('fetches the panel when a finger touches it, before it lets go', async () => {
    await visit()
    const { x = 0, y = 0 } = (await page.locator('.launcher').boundingBox()) ?? {}
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 20, y: y + 20 }] })
    await expect.poll(panelIsAsked).toBe(true)
    expect(await new Tab(page).chat.isVisible()).toBe(false)
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await new Tab(page).chat.waitFor()
  })

  test('fetches the panel when the page opens it', async () => {
    await visit()
    await new Tab(page).call('open')
    await expect.poll(panelIsAsked).toBe(true)
    await new Tab(page).chat.waitFor()
  })

  test('comes compressed; what has a name of its content is kept for a year, and the script for minutes', async () => {
    await visit()
    await new Tab(page).call('open')
    await new Tab(page).chat.waitFor()
    const files = asked.filter((address) => address.startsWith('/widget/'))
    expect(files.length).toBeGreaterThan(1)
    for (const file of ['/tiledesk.js', '/v5/launch.js', ...files]) {
      const lifetime = file.startsWith('/widget/') ? 'public, max-age=31536000, immutable' : 'public, max-age=300'
      for (const encoding of ['br', 'gzip']) {
        const { headers } = await fetch(signet.url + file, { headers: { 'accept-encoding': encoding } })
        const said = ['content-encoding', 'cache-control', 'vary'].map((name) => headers.get(name)?.toLowerCase())
        expect([file, ...said]).toEqual([file, encoding, lifetime, expect.stringContaining('accept-encoding')])
      }
    }
  })
})

/** [WG1] [WG2] The rows of the widget's interface that need a browser: methods, events and looks, on the real server. */
import { createServer, type Server } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Agent } from '../../scripts/demo/agent.ts'
import { freePort } from '../../server/test/free-port.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile } from '../browser.ts'
import { ownerAccount } from '../owner.ts'
import { legacyId, PageSite } from '../page-site.ts'
import { Signet } from '../signet.ts'

interface Visit {
  /** The script's, which says for which version the page was written. */
  path?: string
  settings?: Record<string, unknown>
  /** Runs before the script. */
  before?: string
  query?: string
  attributes?: string
}

describe.skipIf(!chromiumPath)('the interface for pages', () => {
  let browser: Browser
  let signet: Signet
  let site: PageSite
  let server: Server
  let url: string
  let html = ''
  let agent: Agent
  let project: string
  let profile: Profile
  let page: Page

  beforeAll(async () => {
    const browserIsUp = launchBrowser()
    signet = await Signet.start()
    agent = new Agent(signet.url)
    project = (await agent.api('POST /setup', { body: { ...ownerAccount, projectName: 'Halden Tea' } })).project.id
    await agent.api('PATCH /projects/:project', { params: { project }, body: { legacyId } })
    const { secret } = await agent.api('POST /projects/:project/shared-secrets', { params: { project }, body: {} })
    site = await PageSite.open({ signet: signet.url, secret })
    const port = await freePort()
    url = `http://localhost:${port}`
    server = createServer(async (request, response) => {
      const isToken = request.url?.startsWith('/token')
      response
        .setHeader('content-type', 'text/html')
        .end(isToken ? await (await fetch(site.url + request.url)).text() : html)
    }).listen(port, '127.0.0.1')
    browser = await browserIsUp
  })

  beforeEach(async () => {
    await profile?.close()
    profile = await newProfile(browser)
    page = profile.page
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    server?.close()
    server?.closeAllConnections()
    await signet?.stop()
  })

  /** A page with nothing but these settings, this script of its own, and the widget's. */
  async function visit({ path = '/v2/tiledesk.js', settings = {}, before = '', query = '', attributes = '' }: Visit) {
    const own = JSON.stringify({ projectid: legacyId, ...settings })
    html = `<!doctype html><meta name="viewport" content="width=device-width"><title>A shop</title>
<script>
  const seen = [], details = {}, broken = []
  onerror = (message) => { broken.push(String(message)) }
  onunhandledrejection = ({ reason }) => { broken.push(String(reason)) }
  const note = (...names) => { for (const name of names) tiledesk.on(name, ({ detail }) => { seen.push(name); details[name] = detail }) }
  const until = async (test) => {
    const end = Date.now() + 30_000
    while (!test()) { if (Date.now() > end) throw new Error(test + ' ' + seen); await new Promise((again) => setTimeout(again, 20)) }
  }
  const called = (name) => until(() => seen.includes(name))
  tiledeskSettings = ${own}
  ${before}
</script>
<script id="tiledesk-jssdk" ${attributes} src="${signet.url}${path}"></script>`
    await page.goto(`${url}/${query}`)
    await page.waitForFunction('Boolean(window.tiledesk?.open)')
  }

  async function run<T>(code: string): Promise<T> {
    try {
      return await page.evaluate(`(async () => { ${code} })()`)
    } catch (error) {
      // Its stack leads into the page, where there is no file to show.
      throw new Error(String(error).split('\n')[0])
    }
  }

  async function texts(): Promise<string[]> {
    const { conversations } = await agent.api('GET /projects/:project/conversations', {
      params: { project },
      query: {},
    })
    const pages = await Promise.all(
      conversations.map(({ id }) =>
        agent.api('GET /conversations/:conversation/messages', { params: { conversation: id }, query: {} }),
      ),
    )
    return pages.flatMap(({ messages }) => messages.map(({ text }) => text))
  }

  test('[WG2] v2: events in their order, both names of each, with what pages expect in them', async () => {
    const noted = `'loadParams','onLoadParams','onBeforeInit','isLoggedIn','onAuthStateChanged','onLoggedIn','onInit',
      'onOpen','onClose','onNewConversation','beforeMessageSend','onBeforeMessageSend','afterMessageSend','onAfterMessageSend','onMessageCreated','onConversationUpdated','beforeMessageRender','afterMessageRender'`
    await visit({
      before: `tileDeskAsyncInit = () => {
        window.early = Object.keys(tiledesk)
        note(${noted})
        tiledesk.on('loadParams', () => {
          window.atLoad = typeof tiledesk.signInWithCustomToken
          tiledeskSettings.wellcomeTitle = 'Changed in loadParams'
        })
        tiledesk.on('beforeMessageSend', ({ detail }) => { detail.attributes.company = 'Halden'; detail.text = 'not this' })
        tiledesk.on('onInit', () => { throw new Error('of the page') })
      }`,
    })
    await run(`await called('onLoggedIn')`)
    expect(await run('return early')).toEqual(['on', 'getBaseLocation'])
    expect(await run('return atLoad')).toBe('function')
    expect(await run('return seen')).toEqual([
      ...['loadParams', 'onLoadParams', 'onBeforeInit', 'isLoggedIn', 'onAuthStateChanged', 'onInit'],
      ...['isLoggedIn', 'onAuthStateChanged', 'onLoggedIn'],
    ])
    expect(await run('return details.isLoggedIn')).toBe(true)
    expect(
      await run(
        'const { event, isLogged, user_id } = details.onAuthStateChanged; return [event, isLogged, typeof user_id]',
      ),
    ).toEqual(['online', true, 'string'])
    expect(await run('return details.onInit.global === tiledesk.angularcomponent.component.g')).toBe(true)
    expect(await run('return details.onInit.default_settings.projectid')).toBe(legacyId)
    expect(await run('return tiledesk.getBaseLocation()')).toBe(`${signet.url}/v2`)
    expect(await run('return tiledesk.tiledeskroot.id')).toBe('tiledesk-container')

    await run(`tiledesk.open(); tiledesk.open(); await called('onOpen')`)
    await page.getByText('Changed in loadParams').waitFor()
    expect(await run(`return document.getElementById('tiledesk-container').classList.contains('open')`)).toBe(true)
    await page.getByRole('dialog').getByRole('textbox').fill('By the composer')
    await page.keyboard.press('Enter')
    await run(`await called('onConversationUpdated'); await called('onMessageCreated')`)
    expect(
      await run(
        'const { message } = details.onAfterMessageSend; return [message.text, message.attributes.company, details.beforeMessageSend.message === details.beforeMessageSend]',
      ),
    ).toEqual(['By the composer', 'Halden', true])
    expect(await run('return seen.filter((name) => /Send$|New/.test(name))')).toEqual([
      ...['onNewConversation', 'beforeMessageSend', 'onBeforeMessageSend', 'afterMessageSend', 'onAfterMessageSend'],
    ])
    expect(await run('return details.onConversationUpdated.conversation.last_message_text')).toBe('By the composer')
    await run(`await called('afterMessageRender')`)
    expect(
      await run('return [details.beforeMessageRender.message.text, details.afterMessageRender.messageEl.isConnected]'),
    ).toEqual(['By the composer', true])
    const state: Record<string, unknown> = await run(`const g = tiledesk.angularcomponent.component.g
      await until(() => g.recipientId)
      return { isLogged: g.isLogged, sender: typeof g.senderId, same: g.activeConversation.uid === g.recipientId, ran: tiledesk.angularcomponent.ngZone.run(() => 3) }`)
    expect(state).toEqual({ isLogged: true, sender: 'string', same: true, ran: 3 })
    await run(`tiledesk.close(); await called('onClose')`)
    expect(await run('return broken')).toEqual([])
  })

  test('[WG2] methods: by position and with an object, by name and through the queue', async () => {
    await visit({
      path: '/v5/launch.js',
      settings: { autoStart: false, isOpen: false },
      before: `
        window.Tiledesk = window.Tiledesk || function () { Tiledesk.c(arguments) }
        Tiledesk.q = []
        Tiledesk.c = (given) => Tiledesk.q.push(given)
        Tiledesk('onInit', () => seen.push('queued onInit'))
        Tiledesk('onLoadParams', () => Tiledesk('setParameter', { key: 'align', value: 'left' }))
        Tiledesk('logout')`,
    })
    await run(`await called('queued onInit')`)
    expect(
      await run(`return [tiledesk.logout(), Tiledesk('getBaseLocation'), typeof Tiledesk('angularcomponent')]`),
    ).toEqual([undefined, `${signet.url}/v5`, 'object'])
    expect(await run(`return tiledesk.angularcomponent.component.g.align`)).toBe('left')
    const guest: Record<string, unknown> = await run(`return tiledesk.signInAnonymous()`)
    expect(guest.uid).toEqual(expect.any(String))
    await run(`tiledesk.setAttributeParameter({ key: 'plan', value: 'gold' }); tiledesk.setAttributeParameter({ shop: 'Halden' })
      tiledesk.setPreChatFormJson([{ name: 'userFullname', type: 'text', label: 'Who?' }])
      await tiledesk.setPrivacyPolicy()`)
    expect(
      await run(`return [tiledesk.getPreChatFormJson().length, tiledesk.angularcomponent.component.g.attributes]`),
    ).toEqual([1, { plan: 'gold', shop: 'Halden', privacyApproved: true }])
    await run(`note('onBeforeMessageSend')
      await tiledesk.sendMessage('tenant', 'me', 'Me', 'v4 by position', 'text', '', '', '', { form: 4 }, 'p', 'group')
      await tiledesk.sendSupportMessage('v4 support', '', 'text', '', { form: 'support' })
      await Tiledesk('sendMessage', { message: 'v5 object', attributes: { form: 5 } })
      await tiledesk.sendMessage('Me', '', '', 'v2 by position', 'text', 'group', { form: 2 })
      tiledesk.setUserInfo({}); tiledesk.endMessageRender(); tiledesk.showCallout()`)
    const wanted = ['v4 by position', 'v4 support', 'v5 object', 'v2 by position']
    await expect.poll(texts).toEqual(expect.arrayContaining(wanted))
    expect(await run('return seen.includes("onBeforeMessageSend")')).toBe(false)
    await run(`await tiledesk.startConversation('A new beginning')`)
    await page.getByRole('dialog').getByText('A new beginning').waitFor()
    await expect.poll(texts).toEqual(expect.arrayContaining([...wanted, 'A new beginning']))
    const first = await run<string>(`const { g } = tiledesk.angularcomponent.component
      await until(() => g.recipientId); return g.recipientId`)
    await run(`await tiledesk.startConversation('Another')
      await tiledesk.openConversationById(${JSON.stringify(first)})`)
    await page.getByRole('dialog').getByText('A new beginning').waitFor()
    await run('tiledesk.close(); tiledesk.hide()')
    expect(await page.locator('.launcher').isVisible()).toBe(false)
    await run('tiledesk.show()')
    await page.locator('.launcher').waitFor()
    expect(await run(`return tiledesk.logout()`)).toBe(true)
    expect(await run('return broken')).toEqual([])
  })

  test('[WG2] a sign-in resolves with the user; reInit, restart and dispose go to the end and back', async () => {
    await visit({ before: `var starts = 0; tileDeskAsyncInit = () => { starts++; note('isLoggedIn', 'onInit') }` })
    expect(await run(`return tiledesk.signInWithCustomToken('nonsense').catch(({ code }) => code)`)).toBe(
      'token_malformed',
    )
    const user = await run(`const token = await (await fetch('/token?for=noah')).text()
      return tiledesk.signInWithCustomToken('JWT bearer ' + token)`)
    expect(user).toMatchObject({ uid: 'noah', fullname: 'Noah', firstname: 'Noah', verified: true })
    await run(`tiledeskSettings.align = 'left'; seen.length = 0; await tiledesk.restart(); await until(() => starts === 2)
      await called('onInit')`)
    await page.locator('#tiledesk-container.left .launcher').waitFor()
    await run(`await until(() => tiledesk.angularcomponent.component.g.isLogged); tiledesk.open()`)
    await page.getByRole('dialog').getByRole('textbox').waitFor()
    await run(`await tiledesk.dispose()`)
    expect(await page.locator('#tiledesk-container').count()).toBe(0)
    await run(`initWidget(); await until(() => starts === 3)`)
    await page.locator('.launcher').waitFor()
    await run(`seen.length = 0; tiledesk.reInit(); await until(() => starts === 4); await called('onInit')`)
    expect(await page.locator('.launcher').count()).toBe(1)
    await expect.poll(() => run(`return tiledesk.angularcomponent.component.g.senderId`)).toMatch(/^guest-/)
    expect(await run('return broken')).toEqual([])
  })

  test('[WG1] settings that change the closed chat, from the page, an attribute and the address', async () => {
    const launcher = page.locator('.launcher')
    const shape = () =>
      launcher.evaluate((it) => {
        const { width, height, borderRadius, bottom, backgroundImage } = getComputedStyle(it)
        return { width, height, borderRadius, bottom, backgroundImage }
      })
    await visit({
      settings: {
        launcherWidth: '80px',
        launcherHeight: '72px',
        baloonShape: '12px',
        marginY: 7,
        baloonImage: 'https://x.example/a.png',
      },
      attributes: 'align="left"',
    })
    await launcher.waitFor()
    expect(await shape()).toEqual({
      ...{ width: '80px', height: '72px', borderRadius: '12px', bottom: '7px' },
      backgroundImage: 'url("https://x.example/a.png")',
    })
    expect(await page.locator('#tiledesk-container.left').count()).toBe(1)

    await visit({
      settings: { themeColorOpacity: 50, align: 'right', launcherShape: 'rounded' },
      attributes: 'align="left"',
      path: '/v5/launch.js',
    })
    await launcher.waitFor()
    const faded = await shape()
    expect([faded.backgroundImage.slice(0, 15), faded.borderRadius]).toEqual(['linear-gradient', '16px'])
    await run(`tiledesk.setParameter({ key: 'launcherImage', value: 'https://x.example/b.png' })`)
    await expect.poll(async () => (await shape()).backgroundImage).toBe('url("https://x.example/b.png")')
    expect(await page.locator('#tiledesk-container.left').count()).toBe(1)

    await visit({ settings: { calloutTimer: 0 }, before: `tileDeskAsyncInit = () => note('onOpenEyeCatcher')` })
    await run(`await called('onOpenEyeCatcher')`)

    await visit({ settings: { fullscreenMode: true } })
    await page.getByRole('dialog').waitFor()
    expect(await launcher.isVisible()).toBe(false)
    await run('tiledesk.close()')

    for (const settings of [
      { displayOnDesktop: false },
      { displayNotOnPages: ['/*'] },
      { isShown: false },
      { startHidden: true },
      { autoStart: false },
    ]) {
      await visit({ settings, before: `tileDeskAsyncInit = () => note('onInit')` })
      await run(`await called('onInit'); await fetch('/token?for=x')`)
      expect([settings, await launcher.isVisible()]).toEqual([settings, false])
      // What is kept of a guest would show it again.
      await run('await tiledesk.clearStorage()')
    }
    await run('tiledesk.show()')
    await launcher.waitFor()

    await visit({ settings: { onPageChangeVisibilityDesktop: 'open' } })
    await page.getByRole('dialog').waitFor()
    await visit({
      settings: {
        startMessage: 'Ask away',
        texts: { hello: 'Ahoy', launcher: 'Help', it: { hello: 'Ciao', sound: '<b>Suono</b>' } },
      },
      query: '?TILEDESK_ISOPEN&tiledesk_lang=it&tiledesk_wellcomeTitle=Call+0900&tiledesk_calloutTimer=0',
    })
    await page.getByText('Ciao').waitFor()
    await page.getByText('Ask away').waitFor()
    expect(await page.getByText('0900').count()).toBe(0)
    await expect.poll(() => launcher.getAttribute('aria-label')).toBe('Help')
    await page.locator('.header .options button').click()
    await page.getByRole('menuitemcheckbox', { name: '<b>Suono</b>' }).waitFor()
    const token = await run('return (await fetch("/token?for=zoe")).text()')
    await run(`await tiledesk.clearStorage()`)
    await visit({ query: `?tiledesk_jwt=${token}&tiledesk_hiddenMessage=Hidden&more=1` })
    await expect.poll(() => run(`return tiledesk.angularcomponent.component.g.senderId`)).toBe('zoe')
    await expect.poll(() => run('return location.search')).toBe('?more=1')
    await expect.poll(texts).toContain('Hidden')
    await run(`await tiledesk.sendMessage({ message: 'In view' }); tiledesk.open()`)
    await page.getByRole('log').getByText('In view').waitFor()
    expect(await page.getByText('Hidden').count()).toBe(0)
    expect(await run('return [tiledesk.angularcomponent.component.g.isOpen, broken]')).toEqual([true, []])
  })

  test('[WG2] beside the closed chat: one preview, the callout, and what pages hear when they are closed', async () => {
    await visit({
      before: `tileDeskAsyncInit = () => note('onLoggedIn', 'onLoggedOut', 'onCloseMessagePreview', 'onOpenEyeCatcher', 'onClosedEyeCatcher')`,
    })
    await run(`await called('onLoggedIn'); await tiledesk.startConversation('Is somebody here?')`)
    const conversation = await run<string>(`const { g } = tiledesk.angularcomponent.component
      await until(() => g.recipientId); tiledesk.close(); return g.recipientId`)
    const text = 'Yes, I am.'
    await agent.api('POST /conversations/:conversation/messages', {
      params: { conversation },
      body: { clientId: crypto.randomUUID(), text },
    })
    const preview = page.locator('.beside.preview')
    await preview.getByText(text).waitFor()
    expect(await preview.count()).toBe(1)
    await preview.locator('.shut').click()
    await run(`await called('onCloseMessagePreview')`)
    expect(await preview.count()).toBe(0)
    await run(`await tiledesk.showCallout(); await called('onOpenEyeCatcher')`)
    await page.locator('.beside.callout .shut').click()
    await run(`await called('onClosedEyeCatcher'); tiledesk.logout(); await called('onLoggedOut')`)
    expect(await run('return broken')).toEqual([])
  })

  test('a message sounds once while nobody looks, never one’s own, and not after it was switched off', async () => {
    const counting = `sounds = 0; const Audio = AudioContext
      AudioContext = class extends Audio { constructor() { super(); sounds++ } }`
    const preview = page.locator('.beside.preview')
    const sounds = () => run<number>('return sounds')
    await visit({ before: counting })
    await run(`await tiledesk.startConversation('Is it on?')`)
    const conversation = await run<string>(`const { g } = tiledesk.angularcomponent.component
      await until(() => g.recipientId); return g.recipientId`)
    const bubble = (text: string) => page.getByRole('log').getByText(text)
    const write = (text: string) =>
      agent.api('POST /conversations/:conversation/messages', {
        params: { conversation },
        body: { clientId: crypto.randomUUID(), text },
      })
    await write('Seen as it comes')
    await bubble('Seen as it comes').waitFor()
    // As when another window is in front.
    await run('document.hasFocus = () => false')
    await write('While the chat is open')
    await expect.poll(sounds).toBe(1)
    await run(`delete document.hasFocus; tiledesk.close(); tiledesk.sendMessage({ message: 'Mine' })`)
    await expect.poll(texts).toContain('Mine')
    await write('While it is closed')
    await preview.getByText('While it is closed').waitFor()
    await expect.poll(sounds).toBe(2)

    await page.locator('.launcher').click()
    await bubble('While it is closed').waitFor()
    await page.locator('.header .options button').click()
    await page.getByRole('menuitemcheckbox', { name: 'Sound' }).click()
    await page.keyboard.press('Escape')
    await run('tiledesk.close()')
    await write('Quiet')
    await preview.getByText('Quiet').waitFor()
    expect(await sounds()).toBe(2)
    await visit({ before: counting, settings: { isOpen: false } })
    await run(`await until(() => tiledesk.angularcomponent.component.g.isLogged); tiledesk.close()`)
    // What comes before the page is connected again is no news to it.
    const isHeard = async () => {
      await write('Still quiet')
      return preview.getByText('Still quiet').isVisible()
    }
    await expect.poll(isHeard, { interval: 500 }).toBe(true)
    expect([await sounds(), await run('return broken')]).toEqual([0, []])
  })

  test('[WG2] the choice of a department is as the page leaves it, in place or by its own function', async () => {
    for (const name of ['Sales', 'Repairs', 'Billing'])
      await agent.api('POST /projects/:project/departments', { params: { project }, body: { name } })
    const choice = page.getByRole('dialog').locator('.departments button')
    await visit({
      before: `tileDeskAsyncInit = () => tiledesk.on('onBeforeDepartmentsFormRender', ({ detail }) => {
        detail.departments.splice(0, detail.departments.length, ...detail.departments.filter(({ name }) => name !== 'Sales'))
      })`,
    })
    await run('tiledesk.open()')
    await choice.first().waitFor()
    expect((await choice.allTextContents()).sort()).toEqual(['Billing', 'Repairs'])
    await visit({
      before: `tileDeskAsyncInit = () => { tiledesk.beforeDepartmentsFormRender = (all) => all.filter(({ name }) => name === 'Sales') }`,
    })
    await run('tiledesk.open()')
    await choice.first().waitFor()
    expect(await choice.allTextContents()).toEqual(['Sales'])
    expect(await run('return broken')).toEqual([])
  })
})

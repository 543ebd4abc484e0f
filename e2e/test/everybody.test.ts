/** [WG5] The chat by keyboard alone, to a screen reader, enlarged, narrow, right to left, and in anybody's colours. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Agent } from '../../scripts/demo/agent.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile, picture } from '../browser.ts'
import { Tab } from '../host-site.ts'
import { ownerAccount } from '../owner.ts'
import { legacyId, PageSite } from '../page-site.ts'
import { Signet } from '../signet.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe.skipIf(!chromiumPath)('the chat for everybody', () => {
  let browser: Browser
  let signet: Signet
  let site: PageSite
  let agent: Agent
  let project: string
  let profile: Profile

  beforeAll(async () => {
    const browserIsUp = launchBrowser()
    signet = await Signet.start()
    agent = new Agent(signet.url)
    project = (await agent.api('POST /setup', { body: { ...ownerAccount, projectName: 'Halden Tea' } })).project.id
    await agent.api('PATCH /projects/:project', { params: { project }, body: { legacyId } })
    site = await PageSite.open({ signet: signet.url, secret: '' })
    browser = await browserIsUp
  })

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.log(await picture(profile, 0))
    await profile.close()
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    await signet?.stop()
  })

  async function visit(settings: object, options: BrowserContextOptions = {}): Promise<Tab> {
    profile = await newProfile(browser, options)
    await profile.page.goto(`${site.url}/plain.html?settings=${encodeURIComponent(JSON.stringify(settings))}`)
    // On a phone an open panel covers it.
    await profile.page.locator('.launcher').waitFor({ state: 'attached' })
    return new Tab(profile.page)
  }

  async function conversationOf(text: string): Promise<string> {
    const list = () => agent.api('GET /projects/:project/conversations', { params: { project }, query: {} })
    const find = async () => (await list()).conversations.find(({ lastMessage }) => lastMessage?.text === text)?.id
    await expect.poll(find).toBeTruthy()
    return (await find()) ?? ''
  }

  const expectFocus = (place: Locator) =>
    expect.poll(() => place.evaluate((element) => element.matches(':focus'))).toBe(true)

  /** Goes on with Tab until it is there: whoever has no mouse must be able to reach it. */
  async function tabTo(page: Page, place: Locator): Promise<void> {
    for (let step = 0; step < 20; step++) {
      if (await place.evaluate((element) => element.matches(':focus'))) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`${place} is not reached by Tab.`)
  }

  test('is gone through from the first Tab to the last star without a mouse', async () => {
    const { page, chat, composer, bubble } = await visit({ preChatForm: true }).then((tab) => ({
      page: tab.page,
      chat: tab.chat,
      composer: tab.chat.getByRole('textbox', { name: 'Write a message…' }),
      bubble: (text: string) => tab.bubble(text),
    }))
    const { keyboard } = page
    const launcher = page.locator('.launcher')
    await tabTo(page, launcher)
    await keyboard.press('Enter')
    await expectFocus(chat.getByLabel('Name'))
    await keyboard.type('Ida')
    await keyboard.press('Tab')
    await keyboard.type('ida@halden.example')
    await keyboard.press('Enter')
    await expectFocus(composer)
    await keyboard.type('By keyboard alone')
    await keyboard.press('Enter')
    await bubble('By keyboard alone').and(chat.locator('.sent')).waitFor()
    await expectFocus(composer)

    const conversation = await conversationOf('By keyboard alone')
    await agent.write(conversation, 'Have a look at https://halden.example/tea')
    // What the accessibility tree announces, once; the thread itself is silent.
    const announced = chat
      .getByRole('status')
      .filter({ hasText: 'Ada Marsh: Have a look at https://halden.example/tea' })
    await expect.poll(() => announced.count()).toBe(1)
    expect(await announced.ariaSnapshot()).toContain('- status: "Ada Marsh: Have a look')
    expect(await chat.getByRole('log').evaluate((log) => log.getAttribute('aria-live'))).toBe('off')
    await expectFocus(composer)
    await tabTo(page, chat.getByRole('link', { name: 'https://halden.example/tea' }))

    await tabTo(page, chat.getByRole('button', { name: 'Emoji' }))
    await keyboard.press('Enter')
    await expectFocus(chat.locator('.picker button').first())
    await keyboard.press('ArrowRight')
    await keyboard.press('Enter')
    await expectFocus(composer)
    expect(await composer.inputValue()).toMatch(/\p{Extended_Pictographic}/u)

    const options = chat.getByRole('button', { name: 'Options' })
    await tabTo(page, options)
    await keyboard.press('Enter')
    await expectFocus(chat.getByRole('menuitemcheckbox'))
    await keyboard.press('Escape')
    await expectFocus(options)
    await keyboard.press('Enter')
    await expectFocus(chat.getByRole('menuitemcheckbox'))
    await keyboard.press('End')
    await expectFocus(chat.getByRole('menuitem', { name: 'Close chat' }))
    await keyboard.press('Enter')
    await expectFocus(chat.getByRole('alertdialog').getByRole('button', { name: 'Close chat' }))
    await keyboard.press('Enter')

    const stars = chat.getByRole('radio')
    await stars.first().waitFor()
    await tabTo(page, stars.first())
    for (let star = 1; star < 4; star++) await keyboard.press('ArrowRight')
    await keyboard.press('Tab')
    await keyboard.type('Quick')
    await keyboard.press('Tab')
    await keyboard.press('Enter')
    await expectFocus(chat.locator('.thanks'))
    await keyboard.press('Escape')
    await chat.waitFor({ state: 'hidden' })
    await expectFocus(launcher)
    expect(profile.complaints).toEqual([])
  })

  test('says aloud what happens: what is wrong in a form, answers, failures, the connection', async () => {
    const tab = await visit({ preChatForm: true, isOpen: true })
    const { chat, page } = tab
    await chat.getByLabel('E-mail').fill('ida')
    await chat.getByRole('button', { name: 'Start' }).click()
    await expectFocus(chat.getByLabel('Name'))
    expect(await heard(page, 'textbox')).toMatchObject([
      { name: 'Name', invalid: 'true', description: 'Enter your name.', focused: true },
      { name: 'E-mail', invalid: 'true', description: 'Enter an e-mail address such as ada@example.com.' },
    ])
    await chat.getByLabel('Name').fill('Ida')
    await chat.getByLabel('E-mail').fill('ida@halden.example')
    await chat.getByRole('button', { name: 'Start' }).click()
    await tab.write('Say it aloud')

    const said = async (words: string) => (await heard(page, 'status')).filter(({ text }) => text === words)
    const conversation = await conversationOf('Say it aloud')
    await agent.write(conversation, 'Yes')
    await expect.poll(() => said('Ada Marsh: Yes')).toMatchObject([{ live: 'polite' }])
    const [first] = await said('Ada Marsh: Yes')
    await agent.write(conversation, 'Yes')
    await expect.poll(async () => (await said('Ada Marsh: Yes')).map(({ node }) => node)).not.toEqual([first?.node])
    expect(await said('Ada Marsh: Yes')).toHaveLength(1)

    await chat.getByRole('textbox', { name: 'Write a message…' }).evaluate((field: HTMLTextAreaElement) => {
      field.value = 'A sign that cannot be kept: \0 !'
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    })
    await page.keyboard.press('Enter')
    await chat.getByRole('button', { name: 'Try again' }).waitFor()
    await expect.poll(() => said('Not sent')).toMatchObject([{ live: 'polite' }])

    await page.context().setOffline(true)
    await expect.poll(() => said('You are offline. What you write is sent later.')).toHaveLength(1)
    await page.context().setOffline(false)
    await expect.poll(() => said('Connected again')).toMatchObject([{ live: 'polite' }])
  })

  const pot = sharp({ create: { width: 900, height: 600, channels: 3, background: '#1f6f54' } })
    .png()
    .toBuffer()
  const looks: [name: string, settings: object, options: BrowserContextOptions][] = [
    ['on a narrow phone, in the dark', {}, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
    ['at 400 %, without motion', {}, { viewport: { width: 320, height: 256 }, reducedMotion: 'reduce' }],
    ['right to left', { lang: 'ar', isOpen: true }, { viewport: { width: 390, height: 800 }, locale: 'ar' }],
    ['in forced colours', {}, { forcedColors: 'active' }],
  ]

  test.each(looks)('nothing is cut off or unnamed %s', async (name, settings, options) => {
    const tab = await visit({ ...settings, widgetTitle: 'Halden' }, options)
    await tab.openChat()
    await tab.chat.locator('textarea').click()
    await tab.chat.locator('input[type=file]').setInputFiles([
      { name: `${'pot-'.repeat(40)}.png`, mimeType: 'image/png', buffer: await pot },
      { name: 'نص\u202Egnp.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
    ])
    await tab.chat.locator('.chip canvas.painted').waitFor()
    await expect.poll(() => tab.chat.locator('progress').count()).toBe(0)
    expect(await cutOff(tab.chat)).toEqual([])
    const text = `A long word ${'Donaudampfschifffahrt'.repeat(6)} ${name}`
    await tab.write(text)
    // It is fetched when it comes into view.
    await tab.chat.locator('.bubble canvas').scrollIntoViewIfNeeded()
    await tab.chat.locator('.bubble canvas.painted').waitFor()
    await agent.write(await conversationOf(text), `https://halden.example/${'a'.repeat(90)}`)
    await tab.chat.getByRole('link').waitFor()
    const direction = await tab.chat.evaluate((panel) => getComputedStyle(panel).direction)
    expect(direction).toBe(name === 'right to left' ? 'rtl' : 'ltr')
    expect(await cutOff(tab.chat)).toEqual([])
    if (options.reducedMotion) expect(await motionsOf(tab.page)).toEqual([])
    await tab.page.evaluate(axe)
    // Colours that the system forces are the system's to choose.
    const rules = { 'color-contrast': { enabled: options.forcedColors !== 'active' } }
    const found = await tab.page.evaluate(
      (given) => Reflect.get(window, 'axe').run('#tiledesk-container', { rules: given }),
      rules,
    )
    expect(
      found.violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => [id, nodes[0]?.html]),
    ).toEqual([])
    expect(found.passes.length).toBeGreaterThan(5)
  })

  test.each(['light', 'dark'] as const)(
    'whatever the theme’s colour, its text stays legible where it is %s',
    async (colorScheme) => {
      const tab = await visit({}, { colorScheme })
      await tab.openChat()
      await tab.write(`In ${colorScheme}`)
      await agent.write(await conversationOf(`In ${colorScheme}`), 'See https://halden.example')
      await tab.chat.getByRole('link').waitFor()
      for (const themeColor of [
        '#f9d71c',
        '#ffffff',
        '#000000',
        '#2a6ac1',
        '#ff8c69',
        '#7fff00',
        '#6e6e6e',
        '#909090',
      ]) {
        await tab.call('setParameter', { key: 'themeColor', value: themeColor })
        await tab.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
        const places = [
          '.header h1',
          '.header p',
          '.bubble.mine',
          '.bubble.theirs',
          '.bubble a',
          '.launcher',
          '.day, h2',
        ]
        const poor = await poorIn(tab.page, places)
        expect([themeColor, poor]).toEqual([themeColor, []])
      }
    },
  )
})

interface Heard {
  /** Of the element whose words they are; another element is said anew. */
  node: number | undefined
  text: string
  [property: string]: unknown
}

/** What the accessibility tree has under this role: what a screen reader has to go by. */
async function heard(page: Page, role: string): Promise<Heard[]> {
  const session = await page.context().newCDPSession(page)
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    const below = (id: string): typeof nodes =>
      nodes.filter(({ parentId }) => parentId === id).flatMap((child) => [child, ...below(child.nodeId)])
    return nodes
      .filter((node) => !node.ignored && node.role?.value === role)
      .map(({ nodeId, name, description, properties = [] }) => {
        const words = below(nodeId).filter((node) => node.role?.value === 'StaticText')
        return {
          ...Object.fromEntries(properties.map((one) => [one.name, one.value.value])),
          name: name?.value,
          description: description?.value,
          node: words[0]?.backendDOMNodeId,
          text: words.map((node) => node.name?.value).join(''),
        }
      })
  } finally {
    await session.detach()
  }
}

/** Parts of the panel that reach over the window's edges, or over its own where it does not scroll. */
async function cutOff(chat: Locator): Promise<string[]> {
  return chat.evaluate((panel) => {
    const found: string[] = []
    for (const element of [panel, ...panel.querySelectorAll('button, textarea, input, a, h1, .bubble')]) {
      const { left, right, width } = element.getBoundingClientRect()
      if (width > 0 && (left < -1 || right > innerWidth + 1)) found.push(element.outerHTML.slice(0, 120))
    }
    const log = panel.querySelector('[role=log]')
    if (log && log.scrollWidth > log.clientWidth + 1) found.push('the thread scrolls sideways')
    const field = panel.querySelector('textarea')?.getBoundingClientRect()
    if (!field || field.bottom > innerHeight + 1) found.push('the composer is below the window')
    return found
  })
}

async function motionsOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...(document.querySelector('#tiledesk-container')?.shadowRoot?.querySelectorAll('*') ?? [])].flatMap((element) => {
      const { transitionDuration, animationName, animationDuration } = getComputedStyle(element)
      const lasts = (durations: string) => durations.split(', ').some((each) => Number.parseFloat(each) > 0.01)
      const moves = lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration))
      return moves ? [element.outerHTML.slice(0, 80)] : []
    }),
  )
}

/** Places whose text has less contrast than WCAG's AA wants, with it: 4.5, or 3 for what is drawn. */
async function poorIn(page: Page, places: string[]): Promise<string[]> {
  return page.evaluate((selectors) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    // Whatever way of writing colours the styles use, a pixel has four numbers.
    const numbers = (color: string) => {
      canvas?.clearRect(0, 0, 1, 1)
      if (canvas) canvas.fillStyle = color
      canvas?.fillRect(0, 0, 1, 1)
      return [...(canvas?.getImageData(0, 0, 1, 1).data ?? [])]
    }
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = numbers(color)
        .slice(0, 3)
        .map((part) => {
          const share = part / 255
          return share > 0.04045 ? ((share + 0.055) / 1.055) ** 2.4 : share / 12.92
        })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const behind = (element: Element | null): string => {
      const { backgroundColor } = getComputedStyle(element ?? document.body)
      const [, , , alpha = 0] = numbers(backgroundColor)
      return alpha === 255 || !element?.parentElement ? backgroundColor : behind(element.parentElement)
    }
    const root = document.querySelector('#tiledesk-container')?.shadowRoot
    return selectors.flatMap((selector) =>
      [...(root?.querySelectorAll(selector) ?? [])].flatMap((element) => {
        const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))]
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
        return contrast < (selector === '.launcher' ? 3 : 4.5) ? [`${selector} ${contrast.toFixed(2)}`] : []
      }),
    )
  }, places)
}

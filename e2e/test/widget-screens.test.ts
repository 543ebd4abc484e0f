/** What a visitor sees from the first screen to the last, in a real browser; a stand-in answers for the server. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scene } from '../../widget/test/shots/scene.ts'
import { about, idOf, talk } from '../../widget/test/shots/scene.ts'
import { scenes } from '../../widget/test/shots/scenes.ts'
import { site, standIn } from '../../widget/test/shots/stand-in.ts'
import { chromiumPath, launchBrowser, patienceMs } from '../browser.ts'

describe.skipIf(!chromiumPath)('the widget’s screens', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  async function visit(scene: Scene): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
    context.setDefaultTimeout(patienceMs)
    await standIn(context, scene)
    const page = await context.newPage()
    await page.goto(site)
    await page.locator('.launcher').click()
    return page
  }

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
  /** What has the keyboard, by its name or its text. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.querySelector('#tiledesk-container')?.shadowRoot?.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })

  test('[WG5] from home over department and form to a chat, its end, its rating and its transcript, by keyboard', async () => {
    const { departments } = scenes.departments.project
    const page = await visit({
      ...scenes.home,
      project: { departments },
      settings: {
        poweredBy: '<a href="https://x">By Halden</a>',
        preChatForm: true,
        preChatFormJson: [{ name: 'order', label: 'Order number', regex: '^[0-9]+$' }],
      },
    })
    await page.getByRole('heading', { name: 'Recent conversations' }).waitFor()
    expect(await page.getByText('By Halden').evaluate((line) => line.innerHTML)).toBe('By Halden')
    await button(page, 'New conversation').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('Orders')
    await page.keyboard.press('Enter')
    const order = page.getByLabel('Order number')
    await expect.poll(() => order.evaluate((field) => field.matches(':focus'))).toBe(true)
    await page.keyboard.type('twelve')
    await page.keyboard.press('Enter')
    await page.getByText('This does not have the expected form.').waitFor()
    await order.fill('12')
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('Write a message…')
    await page.keyboard.type('Where is it?')
    await page.keyboard.press('Enter')
    await page.getByText('Sent', { exact: true }).waitFor()
    await button(page, 'Options').click()
    await page.getByRole('menuitem', { name: 'Larger window' }).click()
    await page.locator('.size-max').waitFor({ state: 'attached' })
    await button(page, 'Options').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('Sound')
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('Options')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Close chat' }).click()
    await expect.poll(() => focused(page)).toBe('Close chat')
    await page.keyboard.press('Enter')
    const four = page.getByRole('radio', { name: '4 of 5 stars' })
    await four.focus()
    await page.keyboard.press('Space')
    await page.getByRole('textbox', { name: 'Anything to add? (optional)' }).fill('Quick')
    await button(page, 'Send rating').click()
    await page.getByText('Thank you for your rating.').waitFor()
    await expect.poll(() => focused(page)).toContain('Thank you')
    await button(page, 'Options').click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Download transcript' }).click(),
    ])
    expect(readFileSync(await download.path(), 'utf8')).toContain('You: Where is it?')
    await button(page, 'Back').click()
    await expect.poll(() => focused(page)).toContain('Where is it?')
    await page.reload()
    await page.locator('.launcher').hover()
    await page.locator('.size-max').waitFor({ state: 'attached' })
    await page.context().close()
  })

  test('[WG5] of five thousand messages few are drawn, and the one that is read stays where it is', async () => {
    const said = Array.from({ length: 5_000 }, (_, index) => ({
      by: index % 3 ? ('agent' as const) : ('visitor' as const),
      text: `Message ${index + 1}.${' And more.'.repeat(index % 11)}`,
      ago: (5_000 - index) * 2,
    }))
    const messages = talk(idOf(1), said)
    const page = await visit({ conversations: [about(idOf(1), messages)], messages: { [idOf(1)]: messages } })
    const log = page.getByRole('log')
    await log.getByText('Message 5000.').waitFor()
    const jump = await log.evaluate(async (view) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      // Its lower end: the day's heading leaves the first row when there is one above it.
      const place = (key: string) => view.querySelector(`[data-key="${key}"]`)?.getBoundingClientRect().bottom
      let worst = 0
      let most = 0
      const first = () => Number(/Message (\d+)/.exec(view.querySelector('.bubble')?.textContent ?? '')?.[1])
      // Further steps where it stood at the upper end until more had come.
      for (let step = 0; step < 80 || (first() >= 4_700 && step < 1_000); step++) {
        const rows = [...view.querySelectorAll<HTMLElement>('[data-key]')]
        const inView = rows.find((row) => row.getBoundingClientRect().top > view.getBoundingClientRect().top)
        const key = inView?.dataset.key ?? ''
        const before = place(key) ?? 0
        const by = Math.min(400, view.scrollTop)
        view.scrollTop -= by
        await frame()
        await frame()
        const after = place(key)
        if (after !== undefined) worst = Math.max(worst, Math.abs(after - before - by))
        most = Math.max(most, rows.length)
      }
      return { worst, most, first: first() }
    })
    expect(jump.worst).toBeLessThan(2)
    expect(jump.most).toBeLessThanOrEqual(240)
    expect(jump.first).toBeLessThan(4_700)
    await button(page, 'New messages').click()
    await log.getByText('Message 5000.').waitFor()
    await page.context().close()
  })

  test('[WG5] the accent is readable as text on both surfaces, whatever the theme', async () => {
    const page = await browser.newPage()
    const css = readFileSync(new URL('../../widget/styles/panel.css', import.meta.url), 'utf8')
    const [, light = '', dark = ''] =
      /--accent-text: light-dark\((oklch\(.*?\bh\)), (oklch\(.*?\bh\))\);/.exec(css) ?? []
    const worst = await page.evaluate(
      ([onLight, onDark]) => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
        const sample = document.body.appendChild(document.createElement('div'))
        function luminance(color: string): number {
          if (!canvas) return 0
          canvas.fillStyle = color
          canvas.fillRect(0, 0, 1, 1)
          const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((channel) => {
            const part = channel / 255
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
          })
          return 0.2126 * r + 0.7152 * g + 0.0722 * b
        }
        function contrast(accent: string, rule: string, surface: string): number {
          sample.style.setProperty('--accent', accent)
          sample.style.color = rule
          const [low = 0, high = 0] = [luminance(getComputedStyle(sample).color), luminance(surface)].sort(
            (a, b) => a - b,
          )
          return (high + 0.05) / (low + 0.05)
        }
        const steps = [0, 51, 102, 153, 204, 255]
        const colors = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `rgb(${r} ${g} ${b})`)))
        return Math.min(
          ...colors.map((color) => contrast(color, onLight, '#f4f5f7')),
          ...colors.map((color) => contrast(color, onDark, '#2a2d34')),
        )
      },
      [light, dark] as const,
    )
    expect(worst).toBeGreaterThanOrEqual(4.5)
    await page.close()
  })
})

/**
 * Pictures of every state of the widget: `bin/screenshots [folder] [names, as a pattern]`, after a build. Each is taken
 * on a phone and on a desktop, light and dark; what axe and the console complain of is said, and counts as a failure.
 */
import { mkdir } from 'node:fs/promises'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Scene } from './scene.ts'
import { now } from './scene.ts'
import { scenes } from './scenes.ts'
import { type Shot, shots } from './shots.ts'
import { site, standIn } from './stand-in.ts'

const [, , folder = 'screenshots', only = ''] = process.argv
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const screens = [
  { device: 'desktop', width: 1280, height: 800 },
  { device: 'phone', width: 390, height: 844 },
]

async function take(browser: Browser, shot: Shot, screen: (typeof screens)[number], colorScheme: 'light' | 'dark') {
  const { device, width, height } = screen
  const scene: Scene = { ...scenes[shot.scene] }
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
    locale: scene.locale ?? 'en-GB',
    timezoneId: 'Europe/Oslo',
    isMobile: width < 480,
  })
  context.setDefaultTimeout(8_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.clock.setFixedTime(now)
  await standIn(context, scene)
  await page.goto(site)
  await goTo(page, shot).catch((error: unknown) => complaints.push(String(error).slice(0, 300)))
  complaints.push(...(await faultsIn(page)))
  const name = `${shot.name}-${device}-${colorScheme}`
  await page.screenshot({ path: `${folder}/${name}.png` })
  for (const complaint of complaints) process.stderr.write(`${name}: ${complaint}\n`)
  await context.close()
  return complaints.length
}

async function goTo(page: Page, { isClosed, act }: Shot): Promise<void> {
  const launcher = page.locator('.launcher')
  await launcher.waitFor()
  if (!isClosed) await launcher.click()
  await page.waitForTimeout(500)
  await act?.(page)
  await page.waitForTimeout(400)
}

/** What axe finds, which everybody who cannot see the picture would meet. The page around it is not ours to judge. */
async function faultsIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(`axe.run('#tiledesk-container').then(({ violations }) => violations.map(({ id, nodes }) =>
    'axe: ' + id + ': ' + nodes.map(({ target, failureSummary }) => target.join(' ') + ' ' + failureSummary).join(', ')))`)
}

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
let faults = 0
for (const shot of shots.filter(({ name }) => new RegExp(only).test(name))) {
  for (const screen of screens) {
    for (const scheme of ['light', 'dark'] as const) faults += await take(browser, shot, screen, scheme)
  }
}
await browser.close()
process.exitCode = faults ? 1 : 0

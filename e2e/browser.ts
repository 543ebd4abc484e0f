import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Where Chromium is on this machine; undefined if it has none. */
export const chromiumPath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  chromium.executablePath(),
].find((path) => path && existsSync(path))

/** Nobody waits so long unless something is wrong, or the machine has much else to do. */
export const patienceMs = 30_000

export async function launchBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('There is no Chromium here.')
  return chromium.launch({ executablePath: chromiumPath, args: flags })
}

/** A browser profile with one page: its own storage and cookies, and every complaint it made. */
export interface Profile {
  page: Page
  /** Errors in the console, and errors that nobody caught. */
  complaints: string[]
  close(): Promise<void>
}

export async function newProfile(browser: Browser, options: BrowserContextOptions = {}): Promise<Profile> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options })
  context.setDefaultTimeout(patienceMs)
  const complaints: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  return { page: await context.newPage(), complaints, close: () => context.close() }
}

/** What the page looks like now, and what it complained of, for whoever must find out why a test failed. */
export async function picture({ page, complaints }: Profile, index: number): Promise<string> {
  const path = join(tmpdir(), `signet-page-${process.pid}-${index}.png`)
  await page.screenshot({ path }).catch(() => {})
  return [`${page.url()} is in ${path}`, ...complaints].join('\n  ')
}

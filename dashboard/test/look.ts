/**
 * Pictures of the screens, to be looked at: `node dashboard/test/look.ts <folder> [part of a name]`, after a build.
 * Starts the stand-in server by itself, one scene at a time.
 */
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { id, projectId } from './fake/people.ts'

const [, , folder = '/tmp/look', only = ''] = process.argv
const port = 4123
const origin = `http://127.0.0.1:${port}`
const home = `/projects/${projectId}`
const talk = (place: number) => `${home}/inbox/${id(`1${place}`)}`
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

interface Shot {
  name: string
  scene?: string
  path: string
  act?: (page: Page) => Promise<unknown>
  wait?: number
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

const shots: Shot[] = [
  { name: 'setup', scene: 'new', path: '/setup?code=abc' },
  { name: 'sign-in', scene: 'out', path: '/' },
  { name: 'sign-in-wrong', scene: 'out', path: '/', act: signInWrongly },
  { name: 'invitation', scene: 'out', path: '/invitation#q8cO0Yc0n2a8V4n3c1mZ0w' },
  { name: 'start', scene: 'empty', path: `${home}/start` },
  { name: 'start-arrived', path: `${home}/start` },
  { name: 'inbox-empty', scene: 'empty', path: `${home}/inbox` },
  { name: 'inbox-one', scene: 'one', path: `${home}/inbox` },
  { name: 'inbox', path: `${home}/inbox` },
  { name: 'inbox-many', scene: 'many', path: `${home}/inbox` },
  { name: 'inbox-offline', scene: 'offline', path: `${home}/inbox`, wait: 3_600 },
  { name: 'verified', path: talk(0) },
  { name: 'rtl', path: talk(1) },
  { name: 'anonymous', path: talk(2) },
  { name: 'impostor', path: talk(3) },
  { name: 'earlier', path: talk(4) },
  { name: 'long-words', path: talk(5) },
  { name: 'claimed', path: talk(6) },
  { name: 'long', scene: 'long', path: talk(0) },
  {
    name: 'sending',
    path: talk(0),
    act: (page) => writeAll(page, ['Sent and on its way', 'refuse this', 'pending for ever']),
  },
  { name: 'note', path: talk(0), act: writeNote },
  { name: 'typing', path: talk(0), act: (page) => page.getByRole('textbox').fill('One moment, I am looking it up') },
  { name: 'details', path: talk(0), act: openDetails },
  { name: 'assign', path: talk(0), act: (page) => page.getByRole('button', { name: /^Assign/ }).click() },
  { name: 'resolved', path: talk(0), act: (page) => page.keyboard.press('e') },
  { name: 'keys', path: `${home}/inbox`, act: (page) => page.keyboard.press('?') },
  { name: 'profile', path: `${home}/inbox`, act: (page) => page.getByRole('button', { name: /^You: / }).click() },
  { name: 'missing', path: talk(77) },
  { name: 'settings-project', path: `${home}/settings` },
  { name: 'settings-secrets', path: `${home}/settings/visitor-authentication` },
  { name: 'settings-secrets-none', scene: 'empty', path: `${home}/settings/visitor-authentication` },
  {
    name: 'settings-generate',
    path: `${home}/settings/visitor-authentication`,
    act: (page) => button(page, 'Generate'),
  },
  { name: 'settings-secret', path: `${home}/settings/visitor-authentication`, act: generate },
  { name: 'settings-members', path: `${home}/settings/members` },
  { name: 'settings-invite', path: `${home}/settings/members`, act: invite },
  { name: 'settings-agent', scene: 'agent', path: `${home}/settings` },
]

async function signInWrongly(page: Page) {
  await page.getByLabel('E-mail').fill('grace@example.com')
  await page.getByLabel('Password').fill('wrong')
  await button(page, 'Sign in')
}

async function writeAll(page: Page, texts: string[]) {
  for (const text of texts) {
    await page.getByRole('textbox').fill(text)
    await page.keyboard.press('Enter')
    await wait(150)
  }
}

async function writeNote(page: Page) {
  await page.keyboard.press('n')
  await page.getByRole('textbox').fill('Billing says yes.\nRefund goes out today.')
}

async function openDetails(page: Page) {
  const details = page.getByRole('button', { name: 'Details' })
  if (await details.isVisible()) await details.click()
}

async function generate(page: Page) {
  await button(page, 'Generate')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Revoke|Generate|Retire)/ })
    .click()
}

async function invite(page: Page) {
  await button(page, 'Invite')
  await page.getByRole('dialog').getByLabel('E-mail').fill('alan@example.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
}

async function take(browser: Browser, shot: Shot, width: number, scheme: 'light' | 'dark') {
  const height = width < 500 ? 844 : 800
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(origin + shot.path)
  await wait(shot.wait ?? 500)
  await shot.act?.(page).catch((error: unknown) => complaints.push(String(error).slice(0, 300)))
  await wait(400)
  await page.screenshot({ path: `${folder}/${shot.name}-${width}-${scheme}.png` })
  for (const complaint of complaints) process.stderr.write(`${shot.name} ${width}: ${complaint}\n`)
  await context.close()
}

async function serveScene(scene: string) {
  const script = fileURLToPath(new URL('./fake/server.ts', import.meta.url))
  const child = spawn(process.execPath, [script, String(port), scene], { stdio: 'inherit' })
  for (let tries = 0; tries < 50; tries++) {
    if (await fetch(origin).catch(() => undefined)) break
    await wait(100)
  }
  return child
}

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })
const wanted = shots.filter((shot) => shot.name.includes(only))
for (const shot of wanted) {
  for (const [width, scheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const) {
    const child = await serveScene(shot.scene ?? 'some')
    await take(browser, shot, width, scheme)
    const gone = new Promise((done) => child.once('exit', done))
    child.kill()
    await gone
  }
}
await browser.close()

/**
 * Pictures of the screens, to be looked at: `node dashboard/test/look.ts <folder> [names, as a pattern]`, after a build.
 * Starts the stand-in server by itself, one scene at a time, and says what axe and the console complain about.
 */
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type Shot, shots } from './shots.ts'

const [, , folder = '/tmp/look', only = ''] = process.argv
const port = Number(process.env.PORT ?? 4123)
const origin = `http://127.0.0.1:${port}`
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

async function take(browser: Browser, shot: Shot, width: number, scheme: 'light' | 'dark') {
  const height = shot.height ?? (width < 500 ? 844 : 800)
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    hasTouch: width < 500,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(origin + shot.path)
  await wait(shot.wait ?? 500)
  await shot.act?.(page).catch((error: unknown) => complaints.push(String(error).slice(0, 300)))
  await wait(400)
  for (const { id, nodes } of await faultsIn(page)) complaints.push(`axe: ${id}: ${nodes.map(String).join(', ')}`)
  await page.screenshot({ path: `${folder}/${shot.name}-${width}-${scheme}.png` })
  for (const complaint of complaints) process.stderr.write(`${shot.name} ${width}: ${complaint}\n`)
  await context.close()
}

/** What axe finds, which everybody who cannot see the picture would meet. */
async function faultsIn(page: Page): Promise<{ id: string; nodes: unknown[] }[]> {
  await page.evaluate(axe.source)
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => target.join(' ')) })))`)
}

async function serveScene(scene: string) {
  const script = fileURLToPath(new URL('./fake/server.ts', import.meta.url))
  const child = spawn(process.execPath, [script, String(port), scene], { stdio: 'inherit' })
  for (let tries = 0; tries < 300; tries++) {
    if (await fetch(origin).catch(() => undefined)) break
    await wait(100)
  }
  return child
}

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })
const wanted = shots.filter((shot) => new RegExp(only).test(shot.name))
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

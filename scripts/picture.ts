/**
 * Makes docs/picture.png from a running demo (`bin/start --demo`): a customer in the shop and, beside him, the agent
 * who answers. Takes the demo's data folder, `data/demo` unless told.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { root } from './sources.ts'

const dashboardUrl = process.env.DASHBOARD ?? 'http://localhost:4000'
const shopUrl = process.env.SHOP ?? 'http://localhost:4001'
const demo = readFileSync(join(process.argv[2] ?? join(root, 'data/demo'), 'demo.json'), 'utf8')
const [owner]: { email: string; password: string }[] = JSON.parse(demo).logIns
if (!owner) throw new Error('The demo has nobody who could log in.')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']
const size = { width: 1180, height: 760 }

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
// First, so that the shop says that somebody is there.
const dashboard = await openDashboard(browser, owner)
const shop = await openShop(browser)
await dashboard.getByRole('textbox', { name: /Reply to/ }).fill('Of course: 20456 is cancelled, 20455 leaves today.')
await dashboard.keyboard.press('Enter')
await dashboard.mouse.move(800, 300)
// Those who hear it are told as well: the words stand there twice.
await shop.locator('.bubble', { hasText: '20455 leaves today' }).waitFor()
await shop.waitForTimeout(800)
await compose(browser, [await shop.screenshot(), await dashboard.screenshot()])
await browser.close()

async function openShop(browser: Browser) {
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1.5 })
  await page.goto(`${shopUrl}/log-in`)
  await page.getByRole('button', { name: 'Log in as Tomás' }).click()
  await page.getByRole('button', { name: 'Ask us' }).click()
  await page.getByText('Orders 20455 and 20456.').waitFor()
  return page
}

async function openDashboard(browser: Browser, agent: { email: string; password: string }) {
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1.5 })
  await page.goto(dashboardUrl)
  await page.getByLabel('E-mail').fill(agent.email)
  await page.getByLabel('Password').fill(agent.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Tomás Ferreira').first().click()
  return page
}

async function compose(browser: Browser, pictures: Buffer[]) {
  const page = await browser.newPage({ viewport: { width: 1480, height: 524 }, deviceScaleFactor: 1.5 })
  const [left, right] = pictures.map((picture) => `data:image/png;base64,${picture.toString('base64')}`)
  await page.setContent(`<style>
    body { margin: 0; padding: 40px; display: flex; gap: 32px; align-items: center; background: #eceae4 }
    img { width: 684px; border-radius: 12px; box-shadow: 0 12px 40px rgb(0 0 0 / .18) }
  </style><img src="${left}"><img src="${right}">`)
  mkdirSync(join(root, 'docs'), { recursive: true })
  await page.screenshot({ path: join(root, 'docs/picture.png') })
}

/** The code that signs, as an owner finds it in the dashboard: while a new secret is shown, and afterwards. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/sources.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile } from '../browser.ts'
import { Dashboard } from '../dashboard.ts'
import { Signet } from '../signet.ts'

const files = {
  Node: 'node-express/chat-token.js',
  PHP: 'php/chat-token.php',
  Python: 'python/chat_token.py',
  Ruby: 'ruby/chat_token.rb',
  Go: 'go/chat_token.go',
  Java: 'java/ChatToken.java',
  'C#': 'csharp/ChatToken.cs',
}

describe.skipIf(!chromiumPath)('the samples in the dashboard', () => {
  let browser: Browser
  let signet: Signet
  let profile: Profile
  let dashboard: Dashboard
  let secret = ''

  beforeAll(async () => {
    signet = await Signet.start()
    browser = await launchBrowser()
    profile = await newProfile(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
    dashboard = new Dashboard(profile.page, signet.url)
    const [address = ''] = signet.output.match(/http\S+\/setup\?code=\S+/) ?? []
    await dashboard.setUp(address, { name: 'Ada', password: 'correct horse battery' }, 'ada@example.com', 'Halden Tea')
    secret = await dashboard.generateSecret()
  })

  afterAll(async () => {
    await browser?.close()
    await signet?.stop()
  })

  test('[AG2] [SS3] the new secret stands in the environment, and in no code', async () => {
    const dialog = profile.page.getByRole('dialog', { name: 'Your new shared secret' })
    expect(await environmentIn(dialog)).toBe(`SIGNET_PROJECT=${dashboard.project}\nSIGNET_SECRET=${secret}`)
    expect(await codeIn(dialog)).toEqual(texts())
  })

  test('[AG2] a language is chosen by keyboard, and its code copied is the file', async () => {
    const dialog = profile.page.getByRole('dialog', { name: 'Your new shared secret' })
    await dialog.getByRole('tab', { name: 'Node' }).click()
    await profile.page.keyboard.press('ArrowRight')
    await profile.page.keyboard.press('ArrowRight')
    await dialog.getByRole('tabpanel', { name: 'Python' }).getByRole('button', { name: /^Copy/ }).click()
    const copied = await profile.page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toBe(texts()[2])
    // Who copied only code has no secret yet.
    await dialog.getByRole('button', { name: 'I have saved it' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByRole('button', { name: 'Back' }).click()
  })

  test('[AG2] [SS3] once the dialog is closed the page has a placeholder, and the secret nowhere', async () => {
    await dashboard.closeSecret()
    const { page } = profile
    expect(await environmentIn(page.getByRole('main'))).toBe(
      `SIGNET_PROJECT=${dashboard.project}\nSIGNET_SECRET=<your shared secret>`,
    )
    expect(await codeIn(page.getByRole('main'))).toEqual(texts())
    expect(await page.content()).not.toContain(secret)
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]))
    expect(kept).not.toContain(secret)
    expect(profile.complaints).toEqual([])
  })

  async function environmentIn(place: Locator) {
    return place.getByRole('figure').filter({ hasText: 'Environment of your server' }).locator('pre').textContent()
  }

  async function codeIn(place: Locator) {
    const shown: (string | null)[] = []
    for (const language of Object.keys(files)) {
      await place.getByRole('tab', { name: language, exact: true }).click()
      shown.push(await place.getByRole('tabpanel', { name: language, exact: true }).locator('pre').textContent())
    }
    return shown
  }

  function texts() {
    return Object.values(files).map((file) => readFileSync(join(root, 'examples', file), 'utf8').trimEnd())
  }
})

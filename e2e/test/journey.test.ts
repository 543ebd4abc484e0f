/**
 * The main job, whole: a customer signed by his site chats with an agent who sees that it is him.
 * One story in nine chapters, in real browsers; each chapter goes on where the one before ended.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest'
import { chromiumPath, launchBrowser, newProfile, type Profile, picture } from '../browser.ts'
import { Customer } from '../customer.ts'
import { Dashboard } from '../dashboard.ts'
import { Shop } from '../shop.ts'
import { Signet } from '../signet.ts'

const owner = { name: 'Ada Marsh', password: 'correct horse battery' }
const second = { name: 'Noor Visser', password: 'staple correct horse' }
const unverified = /Verified: signed in/

describe.skipIf(!chromiumPath)('the journey', () => {
  let browser: Browser
  let signet: Signet
  let shop: Shop
  let ada: Dashboard
  let noor: Dashboard
  let maya: Customer
  let mayaElsewhere: Customer
  let secret = ''
  const profiles: Profile[] = []

  async function somebody() {
    const profile = await newProfile(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
    profiles.push(profile)
    return profile.page
  }

  beforeAll(async () => {
    signet = await Signet.start()
    browser = await launchBrowser()
  })

  // A chapter needs the one before it; the pictures show where the story broke off.
  let broken = false
  beforeEach(({ skip }) => {
    if (broken) skip()
    onTestFailed(async () => {
      broken = true
      console.log(`${signet.errors}\n${(await Promise.all(profiles.map(picture))).join('\n')}`)
    })
  })

  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
    await signet?.stop()
  })

  test('1 [AG1] the printed address makes the first owner and the project, and shows what to paste', async () => {
    const [address] = signet.output.match(/http\S+\/setup\?code=\S+/) ?? []
    expect(address).toBeDefined()
    ada = new Dashboard(await somebody(), signet.url)
    await ada.setUp(address ?? '', owner, 'ada@example.com', 'Halden Tea')
    await ada.page.getByText(`${signet.url}/tiledesk.js`).waitFor()
    await ada.page.getByText('Waiting for your first signed visitor').waitFor()
    const preview = ada.page.frameLocator('[title="Live preview of the chat"]')
    await preview.getByRole('textbox', { name: 'Write a message…' }).waitFor()
  })

  test('2 [SS1] [SS2] [SS3] Generate shows the secret once, with a button that copies it; then four characters', async () => {
    secret = await ada.generateSecret()
    await ada.closeSecret()
    expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
    await ada.page.reload()
    await ada.page.getByText(`sgn_…${secret.slice(-4)}`).waitFor()
    expect(await ada.page.content()).not.toContain(secret)
    const list = await ada.get(`/projects/${ada.project}/shared-secrets`)
    expect(JSON.stringify(list.body)).toContain(secret.slice(-4))
    expect(JSON.stringify(list.body)).not.toContain(secret)
  })

  test('3 [VT17] [AG3] a customer of the shop writes, and the inbox shows at once that it is her', async () => {
    shop = await Shop.start({ signet: signet.url, project: ada.project, secret })
    await ada.openInbox()
    maya = new Customer(await somebody(), shop)
    await maya.logIn('maya@example.com')
    await maya.openChat()
    await maya.write('Is the Gyokuro back in stock?')
    const row = ada.row(/Maya Lindqvist/)
    await row.waitFor()
    expect(await row.textContent()).toContain(`Verified: signed in through key …${secret.slice(-4)}`)
    expect(await row.locator('.seal').count()).toBe(1)
  })

  test('4 [DL10] agent and customer answer each other, and see each other type', async () => {
    await ada.open(/Maya Lindqvist/)
    await ada.message('Is the Gyokuro back in stock?').waitFor()
    await ada.type('It came in th')
    await maya.chat.getByText(/Ada.* is typing/).waitFor()
    await ada.reply('It came in this morning.')
    await maya.message('It came in this morning.').waitFor()
    await maya.type('Lovely, then I')
    await ada.page.getByText('Maya Lindqvist is typing').waitFor()
    await maya.write('Lovely, then I take two.')
    await ada.message('Lovely, then I take two.').waitFor()
    await ada.page.getByRole('link', { name: 'Install' }).click()
    await ada.page.getByText(/Maya Lindqvist signed in at/).waitFor()
    await ada.openInbox()
  })

  test('5 [VS3] the same customer in another browser finds the same conversation', async () => {
    mayaElsewhere = new Customer(await somebody(), shop)
    await mayaElsewhere.logIn('maya@example.com')
    await mayaElsewhere.visit('/?sign-in=provider')
    await mayaElsewhere.openChat()
    await mayaElsewhere.message('It came in this morning.').waitFor()
    await expect.poll(() => mayaElsewhere.texts()).toEqual(await maya.texts())
  })

  test('6 [AG3] [VS9] an anonymous visitor has no check, nor has one who types a customer’s name and e-mail', async () => {
    const anonymous = new Customer(await somebody(), shop)
    await anonymous.visit()
    await anonymous.openChat()
    await anonymous.write('Do you ship to Norway?')
    const anonymousRow = ada.row(/Do you ship to Norway/)
    await anonymousRow.waitFor()
    expect(await anonymousRow.textContent()).toContain('Anonymous visitor')

    const impostor = new Customer(await somebody(), shop)
    await impostor.visit('/?tiledesk_preChatForm=true')
    await impostor.openChat()
    await impostor.introduce('Maya Lindqvist', 'maya@example.com')
    await impostor.write('Please change my delivery address.')
    const impostorRow = ada.row(/Please change my delivery address/)
    await impostorRow.waitFor()
    expect(await impostorRow.textContent()).toContain('Not verified as Maya Lindqvist')

    for (const row of [anonymousRow, impostorRow]) {
      expect(await row.textContent()).not.toMatch(unverified)
      expect(await row.locator('.seal').count()).toBe(0)
    }
    expect(await impostor.texts()).toEqual(['Please change my delivery address.'])
  })

  test('7 [SS6] [VS8] [DL5] a revoked secret signs the customer out; under the new one she is back', async () => {
    const oldToken = await maya.page.evaluate(async () => (await fetch('/chat-token')).text())
    await maya.composer.fill('Half a sentence that')
    const newSecret = await ada.generateSecret('Revoke now')
    const signedOut = maya.chat.getByText('You are signed out')
    await signedOut.waitFor()
    await maya.chat.getByText('This site renewed its sign-in', { exact: false }).waitFor()

    const refused = await fetch(`${signet.url}/api/v1/projects/${ada.project}/visitor-sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: oldToken }),
    })
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ error: { code: 'secret_revoked' } })

    await ada.closeSecret()
    await shop.restartWith({ secret: newSecret })
    await maya.visit()
    await maya.openChat()
    await maya.message('Lovely, then I take two.').waitFor()
    expect(await maya.composer.inputValue()).toBe('Half a sentence that')
    // The other browser has a provider, and comes back by itself.
    await mayaElsewhere.message('Lovely, then I take two.').waitFor()
    await ada.openInbox()
    await ada.row(new RegExp(`Maya Lindqvist.*signed in through key …${newSecret.slice(-4)}`)).waitFor()
    secret = newSecret
  })

  test('8 [SS1] [SS10] somebody invited as agent answers chats, and neither sees nor gets the secrets', async () => {
    const link = await ada.invite('noor@example.com')
    noor = new Dashboard(await somebody(), signet.url)
    await noor.join(link, second)
    await noor.openInbox()
    await noor.open(/Do you ship to Norway/)
    await noor.reply('We do: four to six days, € 9.')
    await ada.openInbox()
    await ada.open(/We do: four to six days/)
    await ada.message('We do: four to six days').waitFor()

    await noor.page.getByRole('link', { name: 'Settings' }).click()
    await noor.page.getByRole('heading', { name: 'Members', level: 2 }).waitFor()
    expect(await noor.page.getByRole('link', { name: 'Visitor authentication' }).count()).toBe(0)
    const answer = await noor.get(`/projects/${ada.project}/shared-secrets`)
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })
    await noor.page.goto(`${signet.url}/projects/${ada.project}/settings/visitor-authentication`)
    await noor.page.getByRole('heading', { name: 'Members', level: 2 }).waitFor()
  })

  test('9 [DL1] [DL2] [DL3] [DL4] the server is killed in the middle: both come back, nothing is missing or double', async () => {
    await ada.openInbox()
    await ada.open(/Maya Lindqvist.*signed in through key/)
    const before = await maya.texts()
    const fromMaya = Array.from({ length: 8 }, (_, index) => `Maya counts ${index + 1}`)
    const fromAda = Array.from({ length: 8 }, (_, index) => `Ada counts ${index + 1}`)
    const writing = Promise.all([
      ...[fromMaya].map(async (texts) => {
        for (const text of texts) await maya.write(text)
      }),
      ...[fromAda].map(async (texts) => {
        for (const text of texts) await ada.reply(text)
      }),
    ])
    await maya.message('Maya counts 2').waitFor()
    await signet.kill()
    await writing
    await maya.write('Written while the server was away')
    await signet.restart()
    const all = [...fromMaya, ...fromAda, 'Written while the server was away']
    await expect.poll(async () => (await ada.texts()).length).toBe(before.length + all.length)
    await expect.poll(async () => (await maya.texts()).length).toBe(before.length + all.length)
    const [, conversation] = ada.page.url().match(/inbox\/([0-9a-f-]{36})/) ?? []
    const stored = await ada.get(`/conversations/${conversation}/messages?after=0&limit=200`)
    const { messages } = stored.body as { messages: { seq: number; text: string }[] }
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1))
    const seen = messages.map(({ text }) => text)
    expect(new Set(seen)).toEqual(new Set([...before, ...all]))
    expect(seen).toHaveLength(before.length + all.length)
    // What waits for its ack stands last until it comes.
    for (const who of [maya, ada]) await expect.poll(() => who.texts()).toEqual(seen)
    await maya.page.reload()
    await maya.openChat()
    await expect.poll(() => maya.texts()).toEqual(seen)
  })

  test('no page broke, and no page’s policy was touched, in all of this', () => {
    // While the shop starts anew with its new secret, its page has no token to give; while the server is away, nothing comes.
    const expected =
      /Failed to load resource|Failed to fetch dynamically|WebSocket connection to|ERR_CONNECTION|secret_revoked|token_unavailable/
    expect(profiles.flatMap(({ complaints }) => complaints).filter((text) => !expected.test(text))).toEqual([])
  })
})

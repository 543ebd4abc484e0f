/** Files on their way from a customer to whoever answers, and back: each once, or with the reason why not. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import type { Attachment, Message } from '../../protocol/records.ts'
import { Agent } from '../../scripts/demo/agent.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile, picture } from '../browser.ts'
import { Customer } from '../customer.ts'
import { Owner } from '../owner.ts'
import { Shop } from '../shop.ts'
import { Signet } from '../signet.ts'
import { Wire } from '../wire.ts'

const clerk = { name: 'Grace Hopper', email: 'grace@example.com', password: 'correct horse battery' }
const bill = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n')
/** The browser's own page around a picture has styles, which the policy of that picture does not want. */
const expected = /Failed to load resource|WebSocket connection to|ERR_|inline style .*\/api\/v1\/files\//

describe.skipIf(!chromiumPath)('files', () => {
  let browser: Browser
  let signet: Signet
  let shop: Shop
  let agent: Agent
  let project: string
  let photo: Buffer
  let profile: Profile

  beforeAll(async () => {
    signet = await Signet.start()
    const owner = await Owner.setUp(signet.url)
    project = owner.project
    await owner.addAgent(clerk)
    agent = new Agent(signet.url)
    await agent.api('POST /agent-session', { body: { email: clerk.email, password: clerk.password } })
    shop = await Shop.start({ signet: signet.url, project, secret: await owner.generateSecret() })
    photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#1f6f54' } })
      .jpeg()
      .toBuffer()
    browser = await launchBrowser()
  })
  afterEach(async () => {
    const complaints = profile.complaints.filter((text) => !expected.test(text))
    await profile.close()
    expect(complaints).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
    await signet?.stop()
  })

  async function guest() {
    profile = await newProfile(browser)
    onTestFailed(async () => console.log(await picture(profile, 1), signet.errors))
    const { page } = profile
    const wire = await Wire.of(page)
    const customer = new Customer(page, shop)
    await customer.visit()
    await customer.openChat()
    return { page, wire, customer }
  }

  async function choose(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add files' }).click()
    await (await chooser).setFiles(files)
  }

  /** What people wrote, of the conversation that begins with this text. */
  async function stored(first: string): Promise<Message[]> {
    const { conversations } = await agent.api('GET /projects/:project/conversations', {
      params: { project },
      query: {},
    })
    for (const { id } of conversations) {
      const params = { conversation: id }
      const { messages } = await agent.api('GET /conversations/:conversation/messages', { params, query: {} })
      const said = messages.filter(({ author }) => author.kind !== 'system')
      if (said[0]?.text === first) return said
    }
    return []
  }

  async function bytesOf({ id }: Attachment): Promise<Buffer> {
    const { url } = await agent.api('POST /attachments/:attachment/link', { params: { attachment: id } })
    const response = await fetch(signet.url + url)
    expect(response.status).toBe(200)
    return Buffer.from(await response.arrayBuffer())
  }

  async function answer(conversation: string, text: string, name: string, bytes: Buffer) {
    const response = await fetch(`${signet.url}/api/v1/projects/${project}/attachments?name=${name}`, {
      method: 'POST',
      headers: { ...agent.headers, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    })
    const { id }: { id: string } = await response.json()
    const body = { clientId: crypto.randomUUID(), text, attachmentIds: [id] }
    await agent.api('POST /conversations/:conversation/messages', { params: { conversation }, body })
  }

  const image = (name: string) => ({ name, mimeType: 'image/jpeg', buffer: photo })
  const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: bill })

  test('[DL5] an image and a PDF written on a dead wire arrive once, with their message, and the answer is seen', async () => {
    const { page, wire, customer } = await guest()
    await wire.cut()
    // The first attempt of each is lost, as on a train.
    const lost = new Set<string>()
    await page.route(/attachments\?/, (route) => {
      const address = route.request().url()
      if (lost.has(address)) return route.continue()
      lost.add(address)
      return route.abort()
    })
    await choose(page, image('pot.jpg'), pdf('bill.pdf'))
    await customer.write('It arrived broken')
    await customer.mark('Sending…').waitFor()
    await wire.mend()
    await customer.mark('Sent').waitFor()
    const [message, ...others] = await stored('It arrived broken')
    if (!message) throw new Error('Nothing arrived.')
    expect(others).toEqual([])
    expect(wire.texts).toEqual(['It arrived broken'])
    const [pot, paper] = message.attachments
    expect(message.attachments).toMatchObject([
      { name: 'pot.jpg', width: 900, height: 600, thumbnail: true },
      { name: 'bill.pdf', type: 'application/pdf', bytes: bill.length },
    ])
    if (!pot || !paper) throw new Error('There are no files.')
    expect((await sharp(await bytesOf(pot)).metadata()).width).toBe(900)
    expect((await bytesOf(paper)).equals(bill)).toBe(true)

    await answer(message.conversationId, 'Like this one?', 'new.png', await sharp(photo).png().toBuffer())
    const seen = page.getByRole('button', { name: 'Open new.png' })
    await seen.locator('canvas.painted').waitFor()
    const [tab] = await Promise.all([page.waitForEvent('popup'), seen.click()])
    await expect
      .poll(() => tab.locator('img').evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth))
      .toBe(900)
    const row = page.getByRole('button', { name: 'Download bill.pdf' })
    const [download] = await Promise.all([page.waitForEvent('download'), row.click()])
    expect(download.suggestedFilename()).toBe('bill.pdf')
    expect(readFileSync(await download.path()).equals(bill)).toBe(true)
  })

  test('[DL5] a refused file stays with its reason, a cancelled one goes, and a reload loses files but no text', async () => {
    const { page, customer } = await guest()
    const stuck: string[] = []
    await page.route(/attachments\?name=stuck/, (route) => void stuck.push(route.request().url()))
    await customer.composer.click()
    await choose(
      page,
      pdf('good.pdf'),
      { name: 'program.exe', mimeType: '', buffer: Buffer.from('MZ\0\0\0\0') },
      pdf('stuck.pdf'),
    )
    const chips = customer.chat.getByRole('listitem')
    await chips.filter({ hasText: 'Only images, PDF and text files can be sent.' }).waitFor()
    await expect.poll(() => page.getByRole('progressbar').count()).toBe(1)
    expect(stuck).toHaveLength(1)
    await page.getByRole('button', { name: 'Remove stuck.pdf' }).click()
    await page.getByRole('button', { name: 'Remove program.exe' }).click()
    await expect.poll(() => chips.count()).toBe(1)
    await page.reload()
    await customer.openChat()
    await customer.composer.click()
    await page.getByRole('button', { name: 'Remove good.pdf' }).waitFor()
    await choose(page, pdf('stuck too.pdf'))
    await customer.write('Read this')
    await customer.mark('Sending…').waitFor()
    await page.reload()
    await customer.openChat()
    await customer.failed('Read this').getByText('The file did not outlive the reload of the page.').waitFor()
    await customer.failed('Read this').getByRole('button', { name: 'Send without files' }).click()
    await customer.mark('Sent').waitFor()
    expect(await stored('Read this')).toMatchObject([{ text: 'Read this', attachments: [] }])
  })
})

/** Who is shown in which tab: signing in and out, several tabs, and what was written before (VS5–VS8, VT13a). */
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Agent } from '../../scripts/demo/agent.ts'
import { chromiumPath, launchBrowser, newProfile, type Profile } from '../browser.ts'
import { HostSite, seenIn, watchFor } from '../host-site.ts'
import { Signet } from '../signet.ts'

describe.skipIf(!chromiumPath)('whose chat it is', () => {
  let browser: Browser
  let signet: Signet
  let agent: Agent
  let project: string
  const profiles: Profile[] = []
  const sites: HostSite[] = []

  beforeAll(async () => {
    signet = await Signet.start()
    agent = new Agent(signet.url)
    const owner = { name: 'Ada Marsh', email: 'ada@example.com', password: 'correct horse battery' }
    project = (await agent.api('POST /setup', { body: { ...owner, projectName: 'Halden Tea' } })).project.id
    browser = await launchBrowser()
  })

  afterEach(async () => {
    for (const profile of profiles.splice(0)) await profile.close()
    for (const site of sites.splice(0)) site.close()
  })

  afterAll(async () => {
    await browser?.close()
    await signet?.stop()
  })

  async function newSecret(previous: 'keep' | 'revoke'): Promise<string> {
    const params = { project }
    return (await agent.api('POST /projects/:project/shared-secrets', { params, body: { previous } })).secret
  }

  async function newBrowser() {
    const profile = await newProfile(browser)
    profiles.push(profile)
    const context = profile.page.context()
    const site = await HostSite.open(context, { signet: signet.url, project, secret: await newSecret('revoke') })
    sites.push(site)
    return { site, context, complaints: profile.complaints }
  }

  test('[VS7] what a guest wrote is shown to the one who signs in only after “Keep”', async () => {
    const { site, context } = await newBrowser()
    const guest = await site.visit()
    await guest.openChat()
    await guest.write('Before I signed in')
    await guest.page.close()

    await watchFor(context, ['Before I signed in'])
    const ada = await site.visit({ as: 'ada' })
    await ada.openChat()
    await ada.chat.getByText('Keep it in your account?').waitFor()
    await ada.page.reload()
    await ada.openChat()
    await ada.chat.getByText('Keep it in your account?').waitFor()
    expect(await seenIn(ada)).toEqual([])

    await ada.chat.getByRole('button', { name: 'Keep', exact: true }).focus()
    await ada.page.keyboard.press('Enter')
    await ada.bubble('Before I signed in').waitFor()
    expect(await ada.composer.evaluate((field) => field.matches(':focus'))).toBe(true)
    expect(await ada.bubble('Before I signed in').getAttribute('class')).toContain('mine sent')
    await expect.poll(() => ada.chat.getByText('Keep it in your account?').count()).toBe(0)
    // Seen now, so the watch above could have seen it.
    expect(await seenIn(ada)).toEqual(['Before I signed in'])
    await ada.page.reload()
    await ada.openChat()
    await ada.bubble('Before I signed in').waitFor()
    expect(await ada.chat.getByText('Keep it in your account?').count()).toBe(0)
  })

  test('[VS7] after “No thanks” it is gone, and nobody is asked again', async () => {
    const { site, context } = await newBrowser()
    const guest = await site.visit()
    await guest.openChat()
    await guest.write('None of your business')
    await guest.page.close()
    await watchFor(context, ['None of your business'])
    const ben = await site.visit({ as: 'ben' })
    await ben.openChat()
    await ben.chat.getByRole('button', { name: 'No thanks' }).click()
    await expect.poll(() => ben.chat.getByText('Keep it in your account?').count()).toBe(0)
    await ben.page.reload()
    await ben.openChat()
    await ben.composer.waitFor()
    expect(await ben.chat.getByText('Keep it in your account?').count()).toBe(0)
    expect(await seenIn(ben)).toEqual([])
  })

  test('[VS5] a tab whose page means somebody else shows not a word of the other tab’s person', async () => {
    const { site, context } = await newBrowser()
    await watchFor(context, ['The words of Cleo', 'The words of Dan', 'Half a sentence of Cleo'])
    const cleo = await site.visit({ as: 'cleo' })
    await cleo.openChat()
    await cleo.write('The words of Cleo')
    await cleo.composer.fill('Half a sentence of Cleo')
    // The site's log-in is the browser's: the first page's function has nobody to name any more.
    await cleo.mean('')
    const asked = await cleo.asked()

    const dan = await site.visit({ once: 'dan' })
    await dan.openChat()
    await dan.write('The words of Dan')
    await cleo.chat.getByText('Somebody signed in on another tab.').waitFor()
    expect(await cleo.asked()).toBe(asked + 1)
    expect(await seenIn(cleo)).toEqual(expect.not.arrayContaining(['The words of Dan']))
    expect(await seenIn(dan)).toEqual(['The words of Dan'])
    await dan.page.reload()
    await dan.openChat()
    await dan.bubble('The words of Dan').waitFor()
  })

  test('[VS5] in one tab, the next person never sees a frame of the one before', async () => {
    const { site, context } = await newBrowser()
    await watchFor(context, ['Eve was here', 'Half a sentence of Eve'])
    const tab = await site.visit({ as: 'eve' })
    await tab.openChat()
    await tab.write('Eve was here')
    await tab.composer.fill('Half a sentence of Eve')
    await tab.page.evaluate((fresh) => {
      const page = window as unknown as {
        tiledesk: { signInWithCustomToken(token: string): void }
        seenInChat: Set<string>
      }
      page.tiledesk.signInWithCustomToken(fresh)
      // Before the browser draws again.
      page.seenInChat.clear()
    }, site.tokenFor('fay'))
    await expect.poll(async () => (await tab.kept()).storage[`signet_${project}_session`]).toContain('fay')
    await tab.composer.waitFor()
    expect(await tab.composer.inputValue()).toBe('')
    expect(await seenIn(tab)).toEqual([])
  })

  test('[VS6] signing out wipes history, drafts and outbox, and signs the other tabs out', async () => {
    const { site, context } = await newBrowser()
    const tab = await site.visit({ once: 'gil' })
    const other = await site.visit({ once: 'gil' })
    await other.openChat()
    await tab.openChat()
    await tab.write('Sent before the sign-out')
    await other.bubble('Sent before the sign-out').waitFor()
    await context.setOffline(true)
    await tab.composer.fill('Written without a network')
    await tab.composer.press('Enter')
    await tab.composer.fill('Half a sentence of Gil')
    await expect.poll(async () => (await tab.kept()).databases.length).toBe(1)
    await tab.call('logout')
    await expect.poll(async () => (await tab.kept()).databases).toEqual([])
    await context.setOffline(false)
    const { storage } = await tab.kept()
    expect(Object.keys(storage)).toEqual([`signet_${project}_session`])
    expect(JSON.stringify(storage)).not.toMatch(/gil|sentence|Written|Sent before/i)
    expect(JSON.parse(storage[`signet_${project}_session`] ?? '')).toMatchObject({ state: 'guest' })
    await other.chat.getByText('You are signed out').or(other.composer).first().waitFor()
    await expect.poll(() => other.bubble('Sent before the sign-out').count()).toBe(0)
  })

  test('[VS8] [DL5] what is typed and sent during a renewal stays, and arrives once', async () => {
    const { site, context } = await newBrowser()
    const tab = await site.visit({ as: 'hal' })
    await tab.openChat()
    await tab.write('The first one')
    await context.setOffline(true)
    await tab.composer.fill('Sent while the session ended')
    await tab.composer.press('Enter')
    await tab.composer.fill('Still being typed')
    site.secret = await newSecret('revoke')
    await context.setOffline(false)
    await tab.bubble('Sent while the session ended').and(tab.chat.locator('.sent')).waitFor()
    expect(await tab.composer.inputValue()).toBe('Still being typed')
    await tab.page.reload()
    await tab.openChat()
    await tab.bubble('Sent while the session ended').waitFor()
    expect(await tab.bubble('Sent while the session ended').count()).toBe(1)
    expect(await tab.composer.inputValue()).toBe('Still being typed')
  })

  test('[VT13a] a token with the browser’s nonce is good there, and nowhere else', async () => {
    const { site } = await newBrowser()
    const tab = await site.visit({ as: 'ivy', nonce: '1' })
    await tab.openChat()
    await tab.write('From my own browser')
    const nonce = await tab.call('getAuthNonce')
    expect(nonce).toMatch(/^[\w-]{43}$/)

    const elsewhere = await newBrowser()
    elsewhere.site.secret = site.secret = await newSecret('revoke')
    const stolen = site.tokenFor('ivy', String(nonce))
    const thief = await elsewhere.site.visit()
    await thief.call('signInWithCustomToken', stolen).catch(() => {})
    await thief.openChat()
    await thief.chat.getByText('(nonce_mismatch)').waitFor()
    const lines = () => elsewhere.complaints.filter((line) => line.includes('[signet]'))
    await expect.poll(lines).toHaveLength(1)
    const [address = ''] = lines()[0]?.match(/http\S+#\w+/) ?? []
    expect(address).toBe(`${signet.url}/docs/sign-in-errors#nonce_mismatch`)
    await thief.page.goto(address)
    await thief.page.locator(':target').getByText('nonce_mismatch').waitFor()
  })

  test('[SS6] [VS10] [VS15] who is not let in reads why, and what to do', async () => {
    const params = { project }
    const { site } = await newBrowser()
    const revoked = await site.visit({ once: 'kim' })
    await revoked.openChat()
    await revoked.composer.waitFor()
    site.secret = await newSecret('revoke')
    await revoked.chat.getByText('This site renewed its sign-in.').waitFor()
    expect(await revoked.chat.getByText('We reply as soon as we can').count()).toBe(0)
    await revoked.chat.getByRole('button', { name: 'Reload the page' }).waitFor()

    const banned = await site.visit({ as: 'lou' })
    await banned.openChat()
    await banned.write('Let me in')
    const { conversations } = await agent.api('GET /projects/:project/conversations', { params, query: {} })
    const [mine] = conversations.flatMap((each) => ('visitor' in each ? [each.visitor] : []))
    await agent.api('POST /projects/:project/bans', { params, body: { visitorId: mine?.id ?? '' } })
    await banned.chat.getByRole('heading', { name: 'You can no longer write here' }).waitFor()
    expect(await banned.bubble('Let me in').count()).toBe(0)

    await agent.api('PATCH /projects/:project', { params, body: { enforcement: 'required', override: true } })
    const elsewhere = await newBrowser()
    const nobody = await elsewhere.site.visit()
    await nobody.openChat()
    await nobody.chat.getByRole('heading', { name: 'Sign in to chat' }).waitFor()
    expect(await nobody.chat.getByRole('button').count()).toBe(1)
    const somebody = await elsewhere.site.visit({ as: 'mia' })
    await somebody.openChat()
    await somebody.composer.waitFor()
  })
})

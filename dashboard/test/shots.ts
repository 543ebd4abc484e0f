/** The screens that are worth looking at, and how to get to them. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { id, projectId } from './fake/people.ts'

const home = `/projects/${projectId}`
const talk = (place: number) => `${home}/inbox/${id(`1${place}`)}`
const settings = `${home}/settings`
const authentication = `${settings}/visitor-authentication`

export interface Shot {
  name: string
  scene?: string
  path: string
  act?: (page: Page) => Promise<unknown>
  wait?: number
  /** Of the window, for pages that are looked at whole. */
  height?: number
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

export const shots: Shot[] = [
  { name: 'setup', scene: 'new', path: '/setup?code=abc' },
  { name: 'sign-in', scene: 'out', path: '/' },
  { name: 'sign-in-wrong', scene: 'out', path: '/', act: signInWrongly },
  { name: 'password-forgotten', scene: 'out', path: '/password-reset' },
  { name: 'password-asked', scene: 'out', path: '/password-reset', act: askForPassword },
  { name: 'password-choose', scene: 'out', path: '/password-reset#q8cO0Yc0n2a8V4n3c1mZ0w' },
  { name: 'password-late', scene: 'out', path: '/password-reset#q8cO0Yc0n2a8V4n3c1mZ0w', act: choosePassword },
  { name: 'invitation', scene: 'out', path: '/invitation#q8cO0Yc0n2a8V4n3c1mZ0w' },
  { name: 'start', scene: 'empty', path: `${home}/start` },
  { name: 'start-arrived', path: `${home}/start` },
  { name: 'inbox-empty', scene: 'empty', path: `${home}/inbox` },
  { name: 'inbox-one', scene: 'one', path: `${home}/inbox` },
  { name: 'inbox', path: `${home}/inbox` },
  { name: 'inbox-many', scene: 'many', path: `${home}/inbox` },
  { name: 'search', path: `${home}/inbox`, act: (page) => search(page, 'th') },
  { name: 'search-person', path: `${home}/inbox`, act: (page) => search(page, 'ada') },
  { name: 'search-none', path: `${home}/inbox`, act: (page) => search(page, 'a parcel for Mr. Nobody') },
  { name: 'search-jump', scene: 'long', path: `${home}/inbox`, act: jump },
  { name: 'search-gone', scene: 'long', path: `${talk(0)}/${id('20009999')}` },
  { name: 'search-failing', scene: 'failing', path: `${home}/inbox`, act: (page) => search(page, 'th'), wait: 1_000 },
  { name: 'reports-failing', scene: 'failing', path: `${home}/reports`, wait: 2_500 },
  { name: 'reports', height: 1_500, path: `${home}/reports` },
  {
    name: 'reports-week',
    height: 1_500,
    path: `${home}/reports`,
    act: (page) => page.getByRole('radio', { name: '7 days' }).click(),
  },
  { name: 'reports-none', scene: 'empty', path: `${home}/reports` },
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
  { name: 'settings-project', path: settings },
  { name: 'settings-secrets', height: 1_500, path: authentication },
  { name: 'settings-secrets-none', scene: 'empty', path: authentication },
  {
    name: 'settings-generate',
    path: authentication,
    act: (page) => button(page, 'Generate'),
  },
  { name: 'settings-secret', path: authentication, act: generate },
  { name: 'settings-slow', height: 1_500, scene: 'slow', path: authentication, wait: 3_600 },
  { name: 'settings-failing', height: 1_500, scene: 'failing', path: authentication, wait: 2_500 },
  { name: 'settings-revoke', path: authentication, act: (page) => choose(page, 'Actions for …3f9a', 'Revoke…') },
  { name: 'settings-retire', path: authentication, act: (page) => choose(page, 'Actions for …3f9a', 'Retire…') },
  { name: 'settings-key-add', path: authentication, act: (page) => button(page, 'Add') },
  { name: 'settings-key-private', path: authentication, act: addPrivateKey },
  { name: 'settings-key-jwks', path: authentication, act: addUnreachable },
  { name: 'settings-key-delete', path: authentication, act: deleteKey },
  { name: 'settings-access', height: 1_500, path: `${authentication}/access` },
  { name: 'settings-require', path: `${authentication}/access`, act: requireTokens },
  { name: 'settings-override', scene: 'empty', path: `${authentication}/access`, act: overrideNoSignIn },
  { name: 'settings-check', path: `${authentication}/check` },
  {
    name: 'settings-check-accepted',
    height: 1_500,
    path: `${authentication}/check`,
    act: (page) => check(page, 'eyJhbGciOi'),
  },
  {
    name: 'settings-check-refused',
    height: 1_500,
    path: `${authentication}/check`,
    act: (page) => check(page, 'issued_in_future'),
  },
  { name: 'settings-check-bound', path: `${authentication}/check`, act: (page) => check(page, 'nonce_mismatch') },
  { name: 'settings-sign-ins', height: 1_100, path: `${authentication}/log` },
  { name: 'settings-sign-ins-none', scene: 'empty', path: `${authentication}/log` },
  { name: 'settings-sign-ins-failing', scene: 'failing', path: `${authentication}/log`, wait: 2_500 },
  { name: 'settings-audit', height: 1_100, path: `${settings}/audit-log` },
  { name: 'settings-audit-none', scene: 'empty', path: `${settings}/audit-log` },
  { name: 'settings-bans', path: `${settings}/bans` },
  { name: 'settings-bans-none', scene: 'empty', path: `${settings}/bans` },
  { name: 'settings-api-keys', path: `${settings}/api-keys` },
  { name: 'settings-api-keys-none', scene: 'empty', path: `${settings}/api-keys` },
  { name: 'settings-api-key-ask', path: `${settings}/api-keys`, act: (page) => button(page, 'Generate') },
  { name: 'settings-api-key', path: `${settings}/api-keys`, act: generateApiKey },
  { name: 'settings-webhooks', path: `${settings}/webhooks` },
  { name: 'settings-webhooks-none', scene: 'empty', path: `${settings}/webhooks` },
  { name: 'settings-webhooks-failing', scene: 'failing', path: `${settings}/webhooks`, wait: 2_500 },
  { name: 'settings-webhook-ask', height: 900, path: `${settings}/webhooks`, act: (page) => button(page, 'Add') },
  { name: 'settings-webhook-refused', height: 900, path: `${settings}/webhooks`, act: addWebhookInside },
  { name: 'settings-webhook-secret', path: `${settings}/webhooks`, act: addWebhook },
  { name: 'settings-deliveries', height: 1_100, path: `${settings}/webhooks/${id('71')}` },
  { name: 'settings-departments', path: `${settings}/departments` },
  { name: 'settings-departments-none', scene: 'empty', path: `${settings}/departments` },
  { name: 'settings-departments-failing', scene: 'failing', path: `${settings}/departments`, wait: 2_500 },
  { name: 'settings-department-ask', path: `${settings}/departments`, act: (page) => button(page, 'Add') },
  {
    name: 'settings-department-delete',
    path: `${settings}/departments`,
    act: (page) => choose(page, 'Actions for Returns', 'Delete…'),
  },
  { name: 'settings-hours', height: 1_100, path: `${settings}/opening-hours` },
  { name: 'settings-hours-set', height: 1_100, path: `${settings}/opening-hours`, act: openByHours },
  { name: 'settings-widget', height: 3_400, path: `${settings}/widget` },
  { name: 'settings-widget-words', height: 1_800, path: `${settings}/widget`, act: chooseWords },
  { name: 'settings-privacy', height: 1_000, path: `${settings}/privacy` },
  { name: 'settings-privacy-days', height: 1_000, path: `${settings}/privacy`, act: keepForDays },
  { name: 'settings-privacy-ask', path: `${settings}/privacy`, act: askToKeepLess },
  { name: 'settings-privacy-wrong', height: 1_000, path: `${settings}/privacy`, act: (page) => keepFor(page, '0') },
  {
    name: 'settings-person',
    height: 1_100,
    path: `${settings}/privacy`,
    act: (page) => findPerson(page, 'customer-1815'),
  },
  {
    name: 'settings-person-none',
    height: 1_100,
    path: `${settings}/privacy`,
    act: (page) => findPerson(page, 'customer 0'),
  },
  {
    name: 'settings-person-failing',
    scene: 'failing',
    path: `${settings}/privacy`,
    act: (page) => findPerson(page, 'a'),
  },
  { name: 'files', scene: 'files', path: talk(0), act: (page) => page.locator('.files').last().hover(), wait: 900 },
  { name: 'files-failing', scene: 'files-failing', path: talk(0) },
  { name: 'files-large', scene: 'files', path: talk(0), act: lookLarge },
  { name: 'files-chosen', path: talk(0), act: chooseFiles },
  { name: 'files-note', path: talk(0), act: noteFiles },
  { name: 'files-sending', path: talk(0), act: sendFiles },
  { name: 'files-drop', path: talk(0), act: dragFiles },
  { name: 'erase', path: talk(0), act: askToErase },
  { name: 'erase-untyped', path: talk(0), act: (page) => erase(page, '') },
  { name: 'erase-failing', scene: 'failing', path: talk(0), act: (page) => erase(page, 'erase') },
  { name: 'erased', path: talk(0), act: (page) => erase(page, 'erase') },
  { name: 'rated', path: talk(4), act: openDetails },
  { name: 'ban', path: talk(3), act: askToBan },
  { name: 'banned', path: talk(3), act: banVisitor },
  { name: 'more', path: talk(0), act: (page) => button(page, 'More') },
  { name: 'settings-members', path: `${settings}/members` },
  { name: 'settings-invite', path: `${settings}/members`, act: invite },
  { name: 'settings-agent', scene: 'agent', path: settings },
]

async function signInWrongly(page: Page) {
  await page.getByLabel('E-mail').fill('grace@example.com')
  await page.getByLabel('Password').fill('wrong')
  await button(page, 'Sign in')
}

async function search(page: Page, text: string) {
  await page.keyboard.press('/')
  await page.keyboard.type(text)
  await wait(400)
}

async function jump(page: Page) {
  await search(page, 'line 120 ')
  await page.getByRole('list', { name: 'Found conversations' }).getByRole('link').first().press('Enter')
  await wait(400)
}

async function askForPassword(page: Page) {
  await page.getByLabel('E-mail').fill('grace@example.com')
  await button(page, 'Send the link')
}

async function choosePassword(page: Page) {
  await page.getByLabel('New password').fill('0123456789')
  await button(page, 'Change the password')
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

async function choose(page: Page, menu: string, item: string) {
  await button(page, menu)
  await page.getByRole('menuitem', { name: item }).click()
}

async function openByHours(page: Page) {
  await page.getByRole('radio', { name: /^By the hours/ }).click({ force: true })
}

async function addPrivateKey(page: Page) {
  await button(page, 'Add')
  const dialog = page.getByRole('dialog')
  await dialog
    .getByLabel('Public key')
    .fill('-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----')
  await dialog.getByRole('button', { name: 'Add' }).click()
}

async function addUnreachable(page: Page) {
  await button(page, 'Add')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('tab', { name: 'JWKS address' }).click()
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://shop.example/refuse')
  await dialog.getByRole('button', { name: 'Add' }).click()
}

async function deleteKey(page: Page) {
  await page.getByRole('button', { name: /^Actions for ES256/ }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
}

async function requireTokens(page: Page) {
  await page.getByRole('radio', { name: 'Required' }).click({ force: true })
}

async function overrideNoSignIn(page: Page) {
  await requireTokens(page)
  await button(page, 'Require tokens now')
}

async function check(page: Page, token: string) {
  await page.getByRole('textbox', { name: 'Token' }).fill(token)
  await button(page, 'Check')
}

async function generateApiKey(page: Page) {
  await button(page, 'Generate')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Shop assistant')
  await dialog.getByText('Write in conversations').click()
  await dialog.getByRole('button', { name: 'Generate' }).click()
}

async function addWebhook(page: Page, url = 'https://shop.example/signet') {
  await button(page, 'Add')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Address' }).fill(url)
  await dialog.getByRole('button', { name: 'Add' }).click()
}

async function addWebhookInside(page: Page) {
  await addWebhook(page, 'https://10.0.0.1/inside')
}

async function askToBan(page: Page) {
  await openDetails(page)
  await button(page, 'Ban…')
}

async function banVisitor(page: Page) {
  await askToBan(page)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Ban' }).click()
}

async function keepFor(page: Page, days: string) {
  await keepForDays(page)
  await page.getByLabel('Days without activity').fill(days)
  await button(page, 'Save')
}

async function keepForDays(page: Page) {
  await page.getByRole('radio', { name: /^For a number of days/ }).click({ force: true })
}

async function askToKeepLess(page: Page) {
  await keepFor(page, '30')
}

async function findPerson(page: Page, externalId: string) {
  await page.getByLabel('External id').fill(externalId)
  await button(page, 'Find')
}

async function askToErase(page: Page) {
  await openDetails(page)
  await page.getByRole('button', { name: /^Erase .*…$/ }).click()
}

async function erase(page: Page, typed: string) {
  await askToErase(page)
  await page.getByRole('alertdialog').getByRole('textbox').fill(typed)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase now' }).click()
}

async function lookLarge(page: Page) {
  await page.getByRole('button', { name: 'Photo teapot.jpg. Open' }).click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('ArrowRight')
  await wait(600)
}

async function chooseFiles(page: Page) {
  const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#1f6f54' } })
    .png()
    .toBuffer()
  await page.locator('input[type=file]').setInputFiles([
    { name: 'teapot.png', mimeType: 'image/png', buffer: picture },
    { name: 'slow and with a long name of many words.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(90_000) },
    { name: 'refuse.exe', mimeType: 'application/x-msdownload', buffer: Buffer.alloc(90_000) },
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ])
  await wait(500)
}

async function noteFiles(page: Page) {
  await page.keyboard.press('n')
  await chooseFiles(page)
}

async function sendFiles(page: Page) {
  await page.keyboard.press('r')
  await chooseFiles(page)
  await page.getByRole('textbox').fill('Here they are')
  await page.keyboard.press('Enter')
}

async function dragFiles(page: Page) {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'x.txt'))
    document.querySelector('.thread')?.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true }))
  })
}

async function chooseWords(page: Page) {
  const field = page.getByLabel('Find a text')
  await field.fill('write a mess')
  await page.getByRole('button', { name: 'Write a message…' }).click()
  await page.getByLabel('Write a message…').fill('Ask us about tea…')
  await field.fill('chat')
}

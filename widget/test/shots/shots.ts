import type { Page } from 'playwright-core'
import { draw } from './files.ts'
import type { scenes } from './scenes.ts'

export interface Shot {
  name: string
  scene: keyof typeof scenes
  act?: (page: Page) => Promise<unknown>
  /** The chat stays closed. */
  isClosed?: boolean
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const choose = async (page: Page, name: string) => {
  await button(page, 'Options')
  await page.getByRole('menuitem', { name }).click()
}
const write = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: 'Write a message…' }).fill(text)
  await page.keyboard.press('Enter')
}

/** Every state that is worth looking at, and how to get to it. */
export const shots: Shot[] = [
  { name: 'closed', scene: 'empty', isClosed: true },
  { name: 'callout', scene: 'callout', isClosed: true },
  { name: 'preview', scene: 'unread', isClosed: true },
  { name: 'first', scene: 'empty' },
  { name: 'first-written', scene: 'empty', act: (page) => write(page, 'Do you ship to Norway?') },
  { name: 'home', scene: 'home' },
  { name: 'home-new', scene: 'some', act: (page) => button(page, 'Back') },
  { name: 'list', scene: 'many', act: (page) => button(page, 'Show all') },
  { name: 'conversation', scene: 'some' },
  { name: 'menu', scene: 'some', act: (page) => button(page, 'Options') },
  { name: 'emoji', scene: 'some', act: (page) => button(page, 'Emoji') },
  { name: 'ending', scene: 'some', act: (page) => choose(page, 'Close chat') },
  { name: 'closed-chat', scene: 'home', act: (page) => button(page, /parcel|left the house/) },
  {
    name: 'rating',
    scene: 'home',
    act: async (page) => {
      await button(page, /left the house/)
      await page.getByRole('radio', { name: '4 of 5' }).check()
    },
  },
  { name: 'rated', scene: 'home', act: (page) => button(page, /washi/) },
  { name: 'reopen', scene: 'reopen' },
  { name: 'departments', scene: 'departments' },
  { name: 'form', scene: 'form' },
  { name: 'form-wrong', scene: 'form', act: (page) => button(page, 'Start') },
  { name: 'form-simple', scene: 'simpleForm' },
  { name: 'away', scene: 'away' },
  { name: 'quick-replies', scene: 'bot' },
  { name: 'failed', scene: 'failing', act: (page) => write(page, 'refuse this one') },
  {
    name: 'back-online',
    scene: 'some',
    act: async (page) => {
      await page.context().setOffline(true)
      await page.getByText('You are offline.').waitFor()
      await page.context().setOffline(false)
      await page.getByText('Connected again').waitFor()
    },
  },
  { name: 'connecting', scene: 'silent', act: (page) => page.waitForTimeout(3_400) },
  {
    name: 'long-scrolled',
    scene: 'long',
    act: (page) => page.getByRole('log').evaluate((log) => log.scrollBy(0, -900)),
  },
  { name: 'long-words', scene: 'words' },
  { name: 'long-words-home', scene: 'words', act: (page) => button(page, 'Back') },
  { name: 'arabic', scene: 'arabic' },
  { name: 'arabic-home', scene: 'arabic', act: (page) => button(page, 'رجوع') },
  { name: 'yellow', scene: 'yellow' },
  { name: 'yellow-home', scene: 'yellow', act: (page) => button(page, 'Back') },
  { name: 'signed-out', scene: 'revoked' },
  { name: 'carry-over', scene: 'verified' },
  { name: 'looks', scene: 'looks' },
  { name: 'files', scene: 'files' },
  { name: 'files-arabic', scene: 'filesArabic' },
  { name: 'files-chosen', scene: 'some', act: chooseFiles },
  { name: 'files-drop', scene: 'some', act: dragOver },
]

/** Files of every fate. */
async function chooseFiles(page: Page) {
  await page.getByRole('textbox', { name: 'Write a message…' }).click()
  const image = await draw(800, 600, 'png')
  await page.locator('input[type=file]').setInputFiles([
    { name: 'pot.png', mimeType: 'image/png', buffer: image },
    { name: 'bill-of-the-eleventh-of-november.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
    { name: 'slow.png', mimeType: 'image/png', buffer: image },
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
  ])
  await page.getByText('This file is empty.', { exact: true }).waitFor()
}

async function dragOver(page: Page) {
  await page.getByRole('textbox', { name: 'Write a message…' }).click()
  await page.getByRole('button', { name: 'Add files' }).waitFor()
  await page.getByRole('log').evaluate((log) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['abc'], 'a.txt', { type: 'text/plain' }))
    log.dispatchEvent(new DragEvent('dragenter', { bubbles: true, composed: true, dataTransfer }))
  })
}

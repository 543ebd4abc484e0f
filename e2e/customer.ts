import type { Locator, Page } from 'playwright-core'
import { openChat } from './open-chat.ts'
import type { Shop } from './shop.ts'

/** What somebody on the site does, in the shop and in its chat. The chat's shadow root is open to locators. */
export class Customer {
  readonly page: Page
  readonly #shop: Shop

  constructor(page: Page, shop: Shop) {
    this.page = page
    this.#shop = shop
  }

  async visit(path = '/') {
    await this.page.goto(this.#shop.url + path)
  }

  async logIn(email: string) {
    await this.visit('/log-in')
    await this.page.getByLabel('E-mail').fill(email)
    await this.page.getByLabel('Password').fill('first-flush')
    await this.page.getByRole('button', { name: 'Log in', exact: true }).click()
    await this.page.getByRole('button', { name: 'Log out' }).waitFor()
  }

  async logOut() {
    await this.page.getByRole('button', { name: 'Log out' }).click()
    await this.page.getByRole('link', { name: 'Log in' }).waitFor()
  }

  /** The page signs its customer in once more, with a fresh token. */
  async signInAgain() {
    await this.page.evaluate(() => {
      const { provider } = JSON.parse(document.body.dataset.chat ?? '{}')
      const tiledesk: unknown = Reflect.get(window, 'tiledesk')
      const signIn: unknown = Object(tiledesk).signInWithCustomToken
      if (typeof signIn !== 'function') throw new Error('There is no chat on this page.')
      signIn(async () => (await fetch(provider)).text())
    })
  }

  async openChat() {
    await openChat(this.page)
  }

  get chat(): Locator {
    return this.page.getByRole('dialog')
  }

  get composer(): Locator {
    return this.chat.getByRole('textbox', { name: 'Write a message…' })
  }

  async introduce(name: string, email: string) {
    await this.chat.getByLabel('Name').fill(name)
    await this.chat.getByLabel('E-mail').fill(email)
    await this.chat.getByRole('button', { name: 'Start' }).click()
  }

  async write(text: string) {
    await this.composer.fill(text)
    await this.composer.press('Enter')
  }

  /** As a whole, with signs that no key has. */
  async paste(text: string) {
    await this.composer.evaluate((field, value) => {
      if (!(field instanceof HTMLTextAreaElement)) throw new Error('There is no composer.')
      field.value = value
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }, text)
    await this.composer.press('Enter')
  }

  async type(text: string) {
    await this.composer.pressSequentially(text, { delay: 20 })
  }

  message(text: string): Locator {
    return this.chat.getByRole('log').locator('.bubble').filter({ hasText: text })
  }

  /** How far the last message has come: Sending…, Sent, Seen. */
  mark(says: string): Locator {
    return this.chat.getByText(says, { exact: true })
  }

  /** A message that was refused, with its reason and its buttons. */
  failed(text: string): Locator {
    return this.chat.getByRole('log').locator('.message').filter({ hasText: text }).filter({ hasText: 'Not sent' })
  }

  /** Every bubble's text, without the "You, 14:02:" that only a screen reader hears. */
  async texts(): Promise<string[]> {
    return this.chat
      .getByRole('log')
      .locator('.bubble')
      .evaluateAll((bubbles) =>
        bubbles.map((bubble) =>
          [...bubble.childNodes]
            .filter((node) => !(node instanceof Element && node.matches('.hidden')))
            .map((node) => node.textContent)
            .join(''),
        ),
      )
  }
}

import type { Locator, Page } from 'playwright-core'

interface Person {
  name: string
  password: string
}

/** What somebody who answers does in the dashboard, by the names that a screen reader would say. */
export class Dashboard {
  readonly page: Page
  readonly #url: string

  constructor(page: Page, url: string) {
    this.page = page
    this.#url = url
  }

  async setUp(address: string, { name, password }: Person, email: string, project: string) {
    await this.page.goto(address)
    await this.page.getByLabel('Your name').fill(name)
    await this.page.getByLabel('E-mail').fill(email)
    await this.page.getByLabel('Password').fill(password)
    await this.page.getByLabel('Project').fill(project)
    await this.#press('Create project')
    await this.page.getByRole('heading', { name: 'Put the chat on your site' }).waitFor()
  }

  async signIn({ email, password }: { email: string; password: string }) {
    await this.page.goto(this.#url)
    await this.page.getByLabel('E-mail').fill(email)
    await this.page.getByLabel('Password').fill(password)
    await this.#press('Sign in')
    await this.page.getByRole('heading', { name: 'Inbox' }).waitFor()
  }

  /** Goes to a conversation by its address. */
  async visit(project: string, conversation: string) {
    await this.page.goto(`${this.#url}/projects/${project}/inbox/${conversation}`)
    await this.#composer.waitFor()
  }

  async join(link: string, { name, password }: Person) {
    await this.page.goto(link)
    await this.page.getByLabel('Your name').fill(name)
    await this.page.getByLabel('Choose a password').fill(password)
    await this.#press('Join')
    await this.page.getByRole('heading', { name: 'Inbox' }).waitFor()
  }

  /** The project's id, from the address. */
  get project(): string {
    const [, project] = this.page.url().match(/\/projects\/([^/]+)/) ?? []
    if (!project) throw new Error(`There is no project in ${this.page.url()}`)
    return project
  }

  async openSettings(section: string) {
    await this.page.getByRole('link', { name: 'Settings' }).click()
    await this.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: section }).click()
    await this.page.getByRole('heading', { name: section, level: 2 }).waitFor()
  }

  /** The first secret is generated at once; a later one asks what becomes of the present ones. */
  async generateSecret(previous?: 'Revoke now'): Promise<string> {
    await this.openSettings('Visitor authentication')
    await this.#press('Generate')
    if (previous) {
      await this.page.getByRole('radio', { name: previous }).check({ force: true })
      await this.#press('Revoke and generate')
    }
    const dialog = this.page.getByRole('dialog', { name: 'Your new shared secret' })
    return (await dialog.getByText(/^sgn_[\w-]{43}$/).textContent()) ?? ''
  }

  async closeSecret() {
    const dialog = this.page.getByRole('dialog', { name: 'Your new shared secret' })
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
    await dialog.getByRole('button', { name: 'I have saved it' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }

  /** Invites somebody to answer chats; gives the link. */
  async invite(email: string): Promise<string> {
    await this.openSettings('Members')
    await this.#press('Invite')
    const dialog = this.page.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill(email)
    await dialog.getByRole('button', { name: 'Invite' }).click()
    const link = (await dialog.getByText(/^http.*invitation/).textContent()) ?? ''
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    return link
  }

  async openInbox() {
    await this.page.getByRole('link', { name: 'Inbox' }).click()
    await this.page.getByRole('radio', { name: /^All/ }).click()
  }

  /** A conversation in the list, by words that its row says. */
  row(says: RegExp): Locator {
    return this.page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: says })
  }

  async open(says: RegExp) {
    await this.row(says).first().click()
    await this.#composer.waitFor()
  }

  async reply(text: string) {
    await this.#composer.fill(text)
    await this.#composer.press('Enter')
  }

  async note(text: string) {
    await this.page.getByRole('tab', { name: 'Note' }).click()
    const field = this.page.getByRole('textbox', { name: 'Note for your team' })
    await field.fill(text)
    await field.press('Enter')
    await this.page.getByRole('tab', { name: 'Reply' }).click()
  }

  /** A reply as a whole, with signs that no key has. */
  async paste(text: string) {
    await this.#composer.evaluate((field, value) => {
      if (!(field instanceof HTMLTextAreaElement)) throw new Error('There is no composer.')
      // React listens to its own setter, unless it is gone round.
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, value)
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }, text)
    await this.#composer.press('Enter')
  }

  async type(text: string) {
    await this.#composer.pressSequentially(text, { delay: 20 })
  }

  message(text: string): Locator {
    return this.page.getByRole('log', { name: 'Messages' }).getByRole('article').filter({ hasText: text })
  }

  /** Every bubble's text, in the order in which they stand. */
  async texts(): Promise<string[]> {
    return this.page.getByRole('log', { name: 'Messages' }).locator('.bubble').allInnerTexts()
  }

  /** Asks the server as this browser does, with its cookie. */
  async get(path: string): Promise<{ status: number; body: unknown }> {
    return this.page.evaluate(async (address) => {
      const response = await fetch(address)
      return { status: response.status, body: await response.json() }
    }, `${this.#url}/api/v1${path}`)
  }

  get #composer() {
    return this.page.getByRole('textbox', { name: /^Reply to / })
  }

  async #press(name: string) {
    await this.page.getByRole('button', { name, exact: true }).click()
  }
}

import { createServer, type Server } from 'node:http'
import jwt from 'jsonwebtoken'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { freePort } from '../server/test/free-port.ts'
import { openChat } from './open-chat.ts'

interface Options {
  signet: string
  project: string
  secret: string
}

interface Visit {
  /** Whom the page's function names. */
  as?: string
  /** Whom the token in the page names; there is no function that gives a fresh one. */
  once?: string
  /** Asks for the browser's nonce first. */
  nonce?: string
  lang?: string
}

/** A host site of one page: every tab says by its address whom its page means. */
export class HostSite {
  /** The backend's secret; a test that renews it changes it here. */
  secret: string
  readonly #options: Options
  readonly #context: BrowserContext
  readonly #port: number
  readonly #server: Server

  private constructor(context: BrowserContext, options: Options, port: number) {
    this.#context = context
    this.#options = options
    this.#port = port
    this.secret = options.secret
    this.#server = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html; charset=utf-8').end(this.#html()),
    ).listen(port, '127.0.0.1')
  }

  static async open(context: BrowserContext, options: Options): Promise<HostSite> {
    const site = new HostSite(context, options, await freePort())
    await context.exposeFunction('sign', (person: string, nonce?: string) => site.tokenFor(person, nonce))
    return site
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  tokenFor(person: string, nonce?: string): string {
    const claims = { external_id: person, name: person, ...(nonce && { nonce }) }
    return jwt.sign(claims, this.secret, { algorithm: 'HS256', expiresIn: 300 })
  }

  async visit({ once, ...others }: Visit = {}): Promise<Tab> {
    const page = await this.#context.newPage()
    const parameters = new URLSearchParams({ ...others, ...(once && { token: this.tokenFor(once) }) })
    await page.goto(`http://localhost:${this.#port}/?${parameters}`)
    return new Tab(page)
  }

  #html(): string {
    const { signet, project } = this.#options
    return `<!doctype html><meta name="viewport" content="width=device-width"><title>A shop</title><h1>A shop</h1>
<script>
  const { as, token, nonce, lang } = Object.fromEntries(new URLSearchParams(location.search))
  window.asked = 0
  window.person = as
  window.tiledeskSettings = { projectid: '${project}', ...(lang && { lang }) }
  window.tileDeskAsyncInit = () => tiledesk.on('onLoadParams', async () => {
    const bound = nonce ? await tiledesk.getAuthNonce() : undefined
    if (token) tiledesk.signInWithCustomToken(token)
    if (as) tiledesk.signInWithCustomToken(() => { asked++; return person ? sign(person, bound) : null })
  })
</script>
<script src="${signet}/tiledesk.js"></script>`
  }
}

/** One tab, and what a person sees of the chat in it. */
export class Tab {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get chat(): Locator {
    return this.page.getByRole('dialog')
  }

  get composer(): Locator {
    return this.chat.getByRole('textbox')
  }

  async openChat(): Promise<void> {
    await openChat(this.page)
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.composer.press('Enter')
    await this.bubble(text).and(this.chat.locator('.sent')).waitFor()
  }

  bubble(text: string): Locator {
    return this.chat.locator('.bubble').filter({ hasText: text })
  }

  /** How often the page's function was asked for a token. */
  asked(): Promise<number> {
    return this.page.evaluate(() => Number(Reflect.get(window, 'asked')))
  }

  /** Whom the page's function names from now on; nobody if empty. */
  async mean(person: string): Promise<void> {
    await this.page.evaluate((name) => Reflect.set(window, 'person', name), person)
  }

  async call(method: string, ...given: unknown[]): Promise<unknown> {
    return this.page.evaluate(
      ([name, values]) => {
        const { tiledesk } = window as unknown as { tiledesk: Record<string, (...given: unknown[]) => unknown> }
        return tiledesk[String(name)]?.(...(values as unknown[]))
      },
      [method, given] as const,
    )
  }

  /** Everything that the browser keeps for this site. */
  async kept(): Promise<{ storage: Record<string, string>; databases: unknown[] }> {
    return this.page.evaluate(async () => {
      const databases: unknown[] = []
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const opening = indexedDB.open(name ?? '')
          opening.onsuccess = () => resolve(opening.result)
          opening.onerror = () => reject(opening.error)
        })
        for (const table of database.objectStoreNames) {
          const rows = await new Promise<unknown[]>((resolve) => {
            const reading = database.transaction(table).objectStore(table).getAll()
            reading.onsuccess = () => resolve(reading.result)
          })
          databases.push(...rows)
        }
        database.close()
      }
      return { storage: { ...localStorage, ...sessionStorage }, databases }
    })
  }
}

/**
 * Notes which of these words the chat shows, at every change of its document and in every frame, in this and every
 * later page of the browser.
 */
export async function watchFor(context: BrowserContext, words: string[]): Promise<void> {
  await context.addInitScript(startWatching, words)
  for (const page of context.pages()) await page.evaluate(startWatching, words)
}

export async function seenIn({ page }: Tab): Promise<string[]> {
  return page.evaluate(() => {
    const seen: unknown = Reflect.get(window, 'seenInChat')
    if (!(seen instanceof Set)) throw new Error('Nobody watched.')
    return [...seen]
  })
}

function startWatching(words: string[]): void {
  const seen = new Set<string>()
  Object.assign(window, { seenInChat: seen })
  let watched: ShadowRoot | null | undefined
  const look = () => {
    const root = document.querySelector('#tiledesk-container')?.shadowRoot
    const fields = [...(root?.querySelectorAll('textarea') ?? [])].map(({ value }) => value)
    const shown = [root?.textContent ?? '', ...fields].join('\n')
    for (const word of words) if (shown.includes(word)) seen.add(word)
    return root
  }
  const everyFrame = () => {
    const root = look()
    if (root && root !== watched) {
      watched = root
      new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true })
    }
    requestAnimationFrame(everyFrame)
  }
  everyFrame()
}

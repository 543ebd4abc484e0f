import type { BrowserContext, Page } from 'playwright-core'

/** Everything that a text did which was taken for more than text. */
export class Harm {
  readonly done: string[] = []

  /** Watches every page of this browser profile, from its next load on. */
  static async watch(context: BrowserContext): Promise<Harm> {
    const harm = new Harm()
    const { done } = harm
    await context.exposeFunction('hit', () => void done.push('ran'))
    await context.addInitScript(() => {
      for (const name of ['alert', 'confirm', 'prompt', 'open'] as const) {
        Reflect.set(window, name, () => Reflect.get(window, 'hit')())
      }
    })
    // What a text would load is of another host, or named x where the page itself has nothing of that name.
    await context.route(/^(?!data:|blob:).*(trap\.example|\/x$)/, (route) => {
      done.push(`asked for ${route.request().url()}`)
      return route.abort()
    })
    context.on('page', (page) => {
      page.on('dialog', (dialog) => {
        done.push(`said ${dialog.message()}`)
        void dialog.dismiss()
      })
    })
    return harm
  }
}

/** What stands in the chat or the dashboard that no text may bring along. */
export async function strangersIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('#tiledesk-container')?.shadowRoot ?? document.body
    const strange = 'script:not([src^="/assets"]), iframe, object, embed, link, meta, base, marquee, math, style, video'
    const found = [...root.querySelectorAll(strange)].map(({ outerHTML }) => outerHTML)
    for (const element of root.querySelectorAll('*')) {
      const listening = element.getAttributeNames().filter((name) => name.startsWith('on'))
      if (listening.length) found.push(element.outerHTML)
    }
    for (const link of root.querySelectorAll('a[href], [action], [formaction], [src], [data]')) {
      const address = ['href', 'action', 'formaction', 'src', 'data']
        .map((name) => link.getAttribute(name))
        .find(Boolean)
      const { protocol, origin } = new URL(address ?? '', location.href)
      if (!/^(https?|mailto|tel):$/.test(protocol)) found.push(link.outerHTML)
      const leaves = link.matches('a') && origin !== location.origin
      if (leaves && !link.getAttribute('rel')?.includes('noopener')) found.push(link.outerHTML)
    }
    if (Reflect.get({}, 'innerHTML') !== undefined) found.push('Object.prototype')
    return found
  })
}

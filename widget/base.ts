const names = /\/(tiledesk|launch)\.js$/

/** Where this script came from, without the file's name: what the page changed, and all that it had to. */
export function findBase(document: Document): string {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')]
  const current = document.currentScript
  const candidates = [
    current instanceof HTMLScriptElement ? current.src : '',
    document.querySelector<HTMLScriptElement>('script#tiledesk-jssdk')?.src ?? '',
    ...scripts.map((script) => script.src),
  ]
  const address = candidates.find((source) => names.test(pathOf(source)))
  return address ? address.replace(/[?#].*$/, '').replace(names, '') : location.origin
}

/** The installation itself: its pages are under the base whatever path of the widget's history the page uses. */
export function installationOf(base: string): string {
  return base.replace(/\/v[1-6]$/, '')
}

function pathOf(address: string): string {
  return address.replace(/[?#].*$/, '')
}

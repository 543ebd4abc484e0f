const file = /\/(tiledesk|launch)\.js([?#].*)?$/

/** Where this script came from, without the file's name: what the page changed, and all that it had to. */
export function findBase(document: Document): string {
  const candidates = [
    document.currentScript,
    document.getElementById('tiledesk-jssdk'),
    ...document.querySelectorAll('script[src]'),
  ]
  const addresses = candidates.map((script) => `${script && 'src' in script && script.src}`)
  return addresses.find((address) => file.test(address))?.replace(file, '') ?? location.origin
}

/** The installation itself: its pages are under the base whatever path of the widget's history the page uses. */
export function installationOf(base: string): string {
  return base.replace(/\/v[1-6]$/, '')
}

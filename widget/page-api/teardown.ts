import type { Root } from '../root.ts'
import type { Running } from '../run.ts'

/** Takes the widget off the page, with all that it listens to. Whoever is signed in stays so. */
export async function takeAway({ core }: Running, root: Root): Promise<void> {
  const isMounted = root.shadow.querySelector('.panel')
  root.gone.abort()
  root.host.remove()
  core.session.halt()
  if (isMounted) (await core.panel()).unmount()
  root.shadow.replaceChildren()
  root.shadow.adoptedStyleSheets.length = 1
}

import type { Core } from '../core.ts'
import type { Root } from '../root.ts'

/** The launcher's name, where the page has another word for it. */
export async function nameLauncher({ given, settings, events }: Core, { shadow }: Root): Promise<void> {
  const wanted = given().texts
  const element = shadow.querySelector('.launcher')
  if (!wanted || !element) return
  try {
    const { inOwnWords } = await import('../panel/own-texts.ts')
    const { launcher } = inOwnWords({ launcher: '' }, wanted, settings.lang)
    if (launcher) element.ariaLabel = launcher
  } catch (error) {
    events.report(error)
  }
}

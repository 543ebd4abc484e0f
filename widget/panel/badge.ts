import type { Core } from '../core.ts'
import badgeCss from '../styles/badge.css?inline'
import { launcherName } from '../texts/launcher.ts'
import { adopt } from './styles.ts'

/** How many messages are unread, on the launcher and in its name. */
export function showBadge(
  { isOpen, unread, settings }: Core,
  launcher: Element | null | undefined,
  word: string,
): void {
  const name = launcher?.ariaLabel || launcherName(settings.lang)
  const badge = document.createElement('span')
  badge.className = 'badge'
  badge.ariaHidden = 'true'
  adopt(launcher?.getRootNode(), badgeCss)
  launcher?.append(badge)

  function draw(): void {
    const count = isOpen.get() ? 0 : unread.get()
    badge.textContent = count > 99 ? '99+' : count ? `${count}` : ''
    if (launcher) launcher.ariaLabel = count ? `${name}, ${count} ${word}` : name
  }

  isOpen.listen(draw)
  unread.subscribe(draw)
}

import type { Core } from '../core.ts'
import { launcherName } from '../texts/launcher.ts'

/** How many messages are unread, on the launcher and in its name. */
export function showBadge(
  { isOpen, unread, settings }: Core,
  launcher: Element | null | undefined,
  word: string,
): void {
  const badge = document.createElement('span')
  badge.className = 'badge'
  badge.ariaHidden = 'true'
  launcher?.append(badge)

  function draw(): void {
    const count = isOpen.get() ? 0 : unread.get()
    badge.textContent = count > 99 ? '99+' : count ? `${count}` : ''
    const name = launcherName(settings.lang)
    if (launcher) launcher.ariaLabel = count ? `${name}, ${count} ${word}` : name
  }

  isOpen.listen(draw)
  unread.subscribe(draw)
}

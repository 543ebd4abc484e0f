import type { Core } from '../core.ts'

/** The visitor's own word, or else the page's. */
export function isSoundOn({ shelf, settings }: Core): boolean {
  const wish = shelf.get('sound')
  return typeof wish === 'boolean' ? wish : settings.soundEnabled
}

export function setSound({ shelf }: Core, isOn: boolean): void {
  shelf.set('sound', isOn)
}

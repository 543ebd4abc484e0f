import { atom } from 'nanostores'

/** What became of those that are not in the tray. */
export type Announcement = 'tooMany' | 'notWanted' | undefined

export const announcement = atom<Announcement>(undefined)

export function announce(what: Announcement): void {
  announcement.set(what)
}

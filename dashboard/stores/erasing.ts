import { atom } from 'nanostores'

export interface Erasing {
  projectId: string
  visitorId: string
  /** What he is called on the screen. */
  name: string
}

/**
 * Whom somebody is about to erase. It is kept outside of what asked for it: of an erased person nothing stays on the
 * screen, and the dialog must outlive that to tell what came of it.
 */
export const $erasing = atom<Erasing | undefined>(undefined)

/** Who is there no more: whatever shows him forgets him. */
export const $erased = atom<string | undefined>(undefined)

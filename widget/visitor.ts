import { atom, type ReadableAtom } from 'nanostores'
import type { Trouble } from './report.ts'
import type { Shelf } from './shelf.ts'
import { isKept, isSignedIn, type Out, type SignedIn, type Who } from './who.ts'

/**
 * Who is shown on this page, and whom the browser keeps. The two differ while the page has not said yet whom it
 * means: what is kept may be somebody else's, and is not shown before that is settled (VS5).
 */
export interface Visitor {
  who: ReadableAtom<Who>
  /** Each sign-in, sign-out or change by another tab begins a turn; what an older one still has to say is void. */
  newTurn(): number
  isCurrent(turn: number): boolean
  kept(): SignedIn | Out | undefined
  /** What is kept, if it is not another tab's: of the identity that this page asserted, or before it asserted any. */
  mine(): SignedIn | undefined
  /** Whom this page means now. */
  meant(): string | undefined
  admit(someone: SignedIn): void
  /** Takes everything off the screen until it is settled who comes next. */
  veil(): void
  /** Nobody is signed in here, for this reason; what the browser keeps stays. */
  dismiss(reason?: Trouble): void
  /** Keeps the reason in the place of the person: a reload must not make a guest of him unnoticed (VS8). */
  note(reason: Trouble): void
  /** Veils, and keeps a verified person no longer; his session, to be ended. */
  leave(): string | undefined
  /** Dismisses, and keeps nothing at all. */
  forget(): void
}

/** What other tabs are told of a person who had to go; the panel has the sentence. */
export const someoneElse: Trouble = { code: 'identity_changed', message: '' }

/** One for all: to set it again is no news. */
const unknown: Who = { state: 'unknown' }

export function createVisitor(shelf: Shelf): Visitor {
  const who = atom<Who>(unknown)
  let turn = 0
  let asserted: string | undefined
  let meant: string | undefined

  function kept(): SignedIn | Out | undefined {
    const someone = shelf.get('session')
    return isKept(someone) ? someone : undefined
  }

  function mine(): SignedIn | undefined {
    const someone = kept()
    if (!isSignedIn(someone)) return undefined
    return asserted === undefined || someone.owner === asserted ? someone : undefined
  }

  function veil(): void {
    who.set(unknown)
  }

  function keep(someone: SignedIn | Out): void {
    shelf.set('session', someone)
  }

  function dismiss(reason?: Trouble): void {
    who.set({ state: 'out', reason })
  }

  return {
    who,
    newTurn: () => ++turn,
    isCurrent: (mine) => mine === turn,
    kept,
    mine,
    meant: () => meant,
    admit(someone) {
      const before = who.get()
      if (isSignedIn(before) && before.owner !== someone.owner) veil()
      asserted = meant = someone.owner
      keep(someone)
      who.set(someone)
    },
    veil,
    dismiss,
    note(reason) {
      if (!isSignedIn(kept()) || mine()?.state === 'verified') keep({ state: 'out', reason })
    },
    leave() {
      veil()
      meant = undefined
      const someone = mine()
      if (someone?.state === 'verified') keep({ state: 'out', reason: someoneElse })
      return someone?.session
    },
    forget() {
      asserted = meant = undefined
      dismiss()
      shelf.clear()
    },
  }
}

/** Who the visitor is, from the load of the page to the next: resumed, guest, signed in, signed out, ended. */
import type { ReadableAtom } from 'nanostores'
import { type Clock, systemClock } from '../client/clock.ts'
import type { VisitorSelf } from '../protocol/records.ts'
import { type Report, troubleOf } from './report.ts'
import { isPassing, type Server } from './server.ts'
import type { Shelf } from './shelf.ts'
import { createSignIn } from './sign-in.ts'
import type { TokenSource } from './token-source.ts'
import { createVisitor, someoneElse } from './visitor.ts'
import { type Guest, isSignedIn, type Out, type SignedIn, type Who } from './who.ts'

export interface SessionOptions {
  shelf: Shelf
  server: Server
  report: Report
  /** Does the project talk with people whom nobody vouched for? */
  guestsWelcome: () => Promise<boolean>
  /** Does the page want them without their asking? */
  autoStart: () => boolean
  clock?: Clock
  random?: () => number
}

export interface Session {
  who: ReadableAtom<Who>
  /** At load, unless the page has said already whom it means. */
  resume(): Promise<void>
  signIn(source: TokenSource): Promise<VisitorSelf | undefined>
  signInAsGuest(): Guest
  /** Somebody opens the chat while nobody is signed in: a guest, unless there is a reason why not. */
  welcomeGuest(): Promise<void>
  /** Who it was, and when the server has heard of it; undefined when nobody was signed in. */
  signOut(): { owner: string; heard: Promise<void> } | undefined
  /** Whom the browser keeps for this page. */
  mine(): SignedIn | undefined
  /** The panel has news of whoever is here: a guest got a session because he wrote, a question was answered. */
  learned(someone: SignedIn): void
  /** The server says that the session is over. */
  ended(reason: unknown): void
  /** The widget goes: nothing more happens here. */
  halt(): void
}

// The panel has the sentences.
const signedOut = { code: 'signed_out', message: '' }

const retryMs = 5_000
const forGuests = /^(banned|authentication_required|origin_not_allowed|not_found)$/

export function createSession(options: SessionOptions): Session {
  const { shelf, server, report, guestsWelcome, autoStart, clock = systemClock, random = Math.random } = options
  const visitor = createVisitor(shelf)
  const signIn = createSignIn({ shelf, visitor, server, report, clock, random, close, nobody })
  const { who } = visitor
  let askedForTab = false

  async function resume(): Promise<void> {
    if (signIn.isUnderWay()) return
    const turn = visitor.newTurn()
    const kept = visitor.kept()
    if (isSignedIn(kept)) await confirm(turn, kept)
    else if (kept) visitor.dismiss(kept.reason)
    else await becomeGuest(turn)
  }

  async function confirm(turn: number, kept: SignedIn): Promise<void> {
    if (!kept.session) return becomeGuest(turn, true, kept.owner)
    try {
      const answer = await server.as(kept.session)('GET /visitor-session')
      if (visitor.isCurrent(turn)) visitor.admit({ ...kept, ...answer })
    } catch (error) {
      if (!visitor.isCurrent(turn)) return
      visitor.admit(kept)
      if (!isPassing(error)) ended(error)
    }
  }

  async function becomeGuest(turn: number, isWished = autoStart(), owner?: string): Promise<void> {
    const isWelcome = isWished && (await guestsWelcome())
    if (!visitor.isCurrent(turn)) return
    if (isWelcome) admitGuest(owner)
    else visitor.dismiss()
  }

  function admitGuest(owner = `guest-${random().toString(36).slice(2)}${clock.now()}`): Guest {
    const guest: Guest = { state: 'guest', owner, conversations: 0, unread: 0 }
    visitor.admit(guest)
    return guest
  }

  /** The page's function says that nobody is signed in there. */
  function nobody(): void {
    const kept = visitor.kept()
    if (kept?.state === 'guest') visitor.admit(kept)
    else if (kept?.state !== 'verified') void becomeGuest(visitor.newTurn())
    else if (!visitor.mine()) visitor.dismiss(someoneElse)
    else {
      void close(kept.session)
      visitor.note(signedOut)
      visitor.dismiss(signedOut)
    }
  }

  function signInAsGuest(): Guest {
    const now = who.get()
    if (now.state === 'guest') return now
    visitor.newTurn()
    signIn.stop()
    void close(visitor.leave())
    return admitGuest()
  }

  async function welcomeGuest(): Promise<void> {
    const now = who.get()
    if (now.state === 'out' && !now.reason) await becomeGuest(visitor.newTurn(), true)
  }

  function signOut(): { owner: string; heard: Promise<void> } | undefined {
    const now = who.get()
    const gone = isSignedIn(now) ? now : visitor.mine()
    const turn = visitor.newTurn()
    signIn.stop()
    visitor.forget()
    const heard = close(gone?.session)
    void becomeGuest(turn)
    return gone && { owner: gone.owner, heard }
  }

  /** Ends a session on the server, which must hear of it: a dead network only delays it. */
  async function close(session: string | undefined): Promise<void> {
    if (!session) return
    try {
      await server.as(session)('DELETE /visitor-session')
    } catch (error) {
      if (isPassing(error)) clock.after(retryMs, () => void close(session))
    }
  }

  function ended(reason: unknown): void {
    const trouble = troubleOf(reason)
    const gone = who.get()
    if (gone.state === 'guest') {
      if (forGuests.test(trouble.code)) return visitor.dismiss(trouble)
      visitor.veil()
      admitGuest(gone.owner)
    } else if (gone.state === 'verified') {
      visitor.note(trouble)
      visitor.veil()
      if (signIn.again()) return
      report(trouble)
      visitor.dismiss(trouble)
    }
  }

  /** Another tab signed somebody in or out. What it did is its own page's word, not ours (VS5). */
  function otherTab(): void {
    const kept = visitor.kept()
    const now = who.get()
    if (isSignedIn(kept) && isOurs(kept, now)) {
      const isNews = !isSignedIn(now) || kept.owner !== now.owner || kept.session !== now.session
      if (isNews && !signIn.isUnderWay()) visitor.admit(kept)
    } else if (isSignedIn(now)) giveWay(kept)
  }

  /** A guest is the browser's, whichever tab made him. */
  function isOurs(kept: SignedIn, now: Who): boolean {
    return kept.owner === visitor.meant() || (kept.state === 'guest' && now.state === 'guest')
  }

  function giveWay(kept: SignedIn | Out | undefined): void {
    visitor.newTurn()
    visitor.veil()
    const isAsking = !askedForTab && signIn.again()
    // Once: two pages that mean two people would sign each other out for ever.
    askedForTab = true
    if (!isAsking) visitor.dismiss(isSignedIn(kept) ? someoneElse : (kept?.reason ?? signedOut))
  }

  shelf.onOtherTab((name) => {
    if (!name || name === 'session') otherTab()
  })

  return {
    who,
    resume,
    signIn(source) {
      askedForTab = false
      return signIn.with(source)
    },
    signInAsGuest,
    welcomeGuest,
    signOut,
    mine: visitor.mine,
    learned: visitor.admit,
    ended,
    halt() {
      visitor.newTurn()
      signIn.stop()
      visitor.veil()
    },
  }
}

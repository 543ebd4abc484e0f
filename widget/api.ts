import type { Events } from './events.ts'
import type { Settings } from './settings.ts'
import type { TokenSource } from './token-source.ts'

/** What the page's calls set in motion. */
export interface Doors {
  settings: Settings
  root: HTMLElement
  open(): void
  close(): void
  setHidden(hidden: boolean): void
  setParameter(name: string, value: unknown): void
  signIn(source: TokenSource): Promise<unknown>
  signInAsGuest(): Promise<unknown>
  signOut(): boolean
}

/** The part of `window.tiledesk` that is there before anything else: all that `tileDeskAsyncInit` may call. */
export function firstMethods(events: Events, base: string) {
  return {
    on: events.on,
    getBaseLocation: () => base,
  }
}

export function otherMethods(doors: Doors) {
  return {
    open: () => doors.open(),
    close: () => doors.close(),
    show: () => doors.setHidden(false),
    hide: () => doors.setHidden(true),
    setPreChatForm: (wanted: unknown) => doors.setParameter('preChatForm', wanted),
    setParameter(given: { key?: unknown; value?: unknown } | null) {
      if (given?.key) doors.setParameter(String(given.key), given.value)
    },
    signInWithCustomToken: (source: unknown) => quiet(doors.signIn(asSource(source))),
    signInAnonymous: () => doors.signInAsGuest(),
    logout: () => (doors.signOut() ? Promise.resolve(true) : undefined),
    tiledeskroot: doors.root,
    angularcomponent: {
      component: { g: doors.settings },
      ngZone: { run: (task: () => unknown) => task() },
    },
  }
}

function asSource(given: unknown): TokenSource {
  return typeof given === 'function' ? () => given() : String(given ?? '')
}

/** Most pages do not look at the promise; to them a refusal is an event, not an error that nobody caught. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

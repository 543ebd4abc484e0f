import type { Events } from './events.ts'
import type { Running } from './run.ts'
import type { Settings } from './settings.ts'
import type { TokenSource } from './token-source.ts'

/** Does it with the running widget: at once, or as soon as it runs. */
export type Later = <T>(task: (running: Running) => T | Promise<T>) => Promise<T>

/** The part of `window.tiledesk` that is there before anything else: all that `tileDeskAsyncInit` may call. */
export function firstMethods(events: Events, base: string) {
  return {
    on: events.on,
    getBaseLocation: () => base,
  }
}

export function otherMethods(settings: Settings, root: HTMLElement, later: Later, signOut: () => unknown) {
  const set = (name: string, value: unknown) => void later(({ setParameter }) => setParameter(name, value))
  const setHidden = (hidden: boolean) => void later(({ appearance }) => appearance.setHidden(hidden))
  return {
    open: () => void later(({ appearance }) => appearance.open()),
    close: () => void later(({ appearance }) => appearance.close()),
    show: () => setHidden(false),
    hide: () => setHidden(true),
    setPreChatForm: (wanted: unknown) => set('preChatForm', wanted),
    setParameter(given: { key?: unknown; value?: unknown } | null) {
      if (given?.key) set(String(given.key), given.value)
    },
    signInWithCustomToken: (source: unknown) => quiet(later(({ core }) => core.session.signIn(asSource(source)))),
    getAuthNonce: () => later(({ authNonce }) => authNonce()),
    signInAnonymous: () => later(({ core }) => core.session.signInAsGuest()),
    logout: signOut,
    tiledeskroot: root,
    angularcomponent: {
      component: { g: settings },
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

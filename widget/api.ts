import type { PageSettings } from './page-settings.ts'
import { asPageUser } from './page-shapes.ts'
import type { Root } from './root.ts'
import type { Running } from './run.ts'
import type { TokenSource } from './token-source.ts'

/** `window.tiledesk`. */
export type Methods = Record<string, unknown>

/** Does it with the running widget: at once, or as soon as it runs. */
export type Later = <T>(task: (running: Running) => T | Promise<T>) => Promise<T>

/** How the names of methods begin that few pages call: they come with a module of their own, which knows them. */
export const rare = /^(send|startC|open.|showC|set|getA|clear|re|disp|endM)/

export function addMethods(
  methods: Methods,
  page: PageSettings,
  { host }: Root,
  later: Later,
  signOut: () => unknown,
): void {
  for (const name of ['open', 'close', 'show', 'hide'] as const)
    methods[name] = () => void later(({ appearance }) => appearance[name]())
  const callLater =
    (name: string) =>
    (...given: unknown[]) =>
      quiet(later(async ({ core }) => (await core.pageApi()).call(name, given)))
  const rareOnes: ProxyHandler<Methods> = {
    get(object, key) {
      const name = String(key)
      return rare.test(name) ? callLater(name) : object[name]
    },
  }
  Object.setPrototypeOf(methods, new Proxy({}, rareOnes))
  window.initWidget = callLater('restart')
  Object.assign(methods, {
    getPreChatFormJson: () => page.given().prechatformjson,
    // Not with the rare ones: what was set is there at once.
    setPreChatFormJson: (fields: unknown) => page.set('prechatformjson', fields),
    setParameter(given: { key?: unknown; value?: unknown } | null) {
      if (given?.key) page.set(String(given.key), given.value)
    },
    signInWithCustomToken: (source: unknown) =>
      quiet(later(({ core }) => core.session.signIn(asSource(source)).then((it) => it && asPageUser(it)))),
    signInAnonymous: () =>
      later(({ core }) => {
        const { owner, visitor } = core.session.signInAsGuest()
        return asPageUser({ id: owner, ...visitor })
      }),
    logout: signOut,
    tiledeskroot: host,
    angularcomponent: {
      component: { g: page.settings },
      ngZone: { run: (task: () => unknown) => task() },
    },
  })
}

function asSource(given: unknown): TokenSource {
  return typeof given === 'function' ? () => given() : String(given ?? '')
}

/** Most pages do not look at the promise; to them a refusal is an event, not an error that nobody caught. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

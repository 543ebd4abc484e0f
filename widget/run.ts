import { atom } from 'nanostores'
import { type Appearance, createAppearance, phoneWidth } from './appearance.ts'
import { installationOf } from './base.ts'
import { palette } from './color.ts'
import type { Core, LiveModule, PageApiModule } from './core.ts'
import { liveFile, once, pageApiFile } from './modules.ts'
import type { PageSettings } from './page-settings.ts'
import { createServer, isPassing, type Project } from './server.ts'
import { createSession } from './session.ts'
import { createShelf } from './shelf.ts'
import type { Beginning } from './start.ts'
import { ownersOfUnsent } from './unsent.ts'
import { isSignedIn, type Who } from './who.ts'

export interface Running {
  core: Core
  appearance: Appearance
  signOut(): Promise<boolean> | undefined
}

/** Settings that change what is there before the chat is opened, and parameters of the address that do something. */
const early = /(^|,)(callout|baloon|launch|mobilem|themecoloro|displ|full|onpage|jwt|hidden|conver|recip|texts)/

/** Puts the parts together, once it is known whose chat this is. */
export function run({ base: address, root, events, restart }: Beginning, page: PageSettings, isLate: boolean): Running {
  const base = installationOf(address)
  const { report } = events
  const { settings, changes } = page
  const shelf = createShelf(settings.projectid, settings.persistence, root.gone)
  const server = createServer(base, settings.projectid)
  const project = atom<Project | undefined>(undefined)
  const toWipe = atom<readonly string[]>([])
  const unread = atom(0)

  const session = createSession({
    shelf,
    server,
    report,
    guestsWelcome: () => asked.then((it) => it?.enforcement !== 'required').catch(() => false),
    autoStart: () => settings.autoStart || core.isOpen.get(),
  })
  const core: Core = {
    base,
    isLate,
    settings,
    learn: page.learn,
    given: page.given,
    setParameter: page.set,
    palette,
    shelf,
    events,
    session,
    call: (key, input) => server.as(sessionOf(session.who.get()))(key, input),
    live: once(base, liveFile(), (module: LiveModule) => module.createLive(core), report),
    panel: () => appearance.panel(),
    pageApi: once(base, pageApiFile(), (module: PageApiModule) => module.createPageApi(running, root, restart), report),
    unread,
    project,
    isOpen: atom(false),
    changes,
    toWipe,
    close: () => appearance.close(),
  }

  Object.assign(settings.attributes, shelf.get('attributes'))
  readKept()
  const asked = askProject()
  const settled = shelf.get('project') ? Promise.resolve() : asked
  const appearance = createAppearance(core, root, settled.then(lookCloser))
  changes.listen(() => {
    root.dress(settings)
    void lookCloser()
  })
  session.who.subscribe((now) => {
    unread.set(isSignedIn(now) ? now.unread : 0)
    // No socket for somebody who never wrote (WG3).
    if (isSignedIn(now) && now.session && (now.state === 'guest' || now.conversations)) core.live().catch(() => {})
  })

  /** What earlier pages learned of the project and of the visitor's wishes stands until something newer comes. */
  function readKept(ofProject = shelf.get('project')): void {
    const isOpen = innerWidth > phoneWidth && !isLate && shelf.get('isOpen')
    page.read(ofProject, { isOpen })
  }

  async function lookCloser(): Promise<void> {
    if (early.test(`${Object.keys(page.given())}`)) await core.pageApi().catch(() => {})
  }

  async function askProject(): Promise<Project | undefined> {
    try {
      const answer = await server.as()('GET /projects/:project/widget', { params: { project: settings.projectid } })
      shelf.set('project', answer.settings)
      readKept(answer.settings)
      project.set(answer)
      changes.set(changes.get() + 1)
      return answer
    } catch (error) {
      if (isPassing(error)) return undefined
      report(error)
      throw error
    }
  }

  const running: Running = {
    core,
    appearance,
    signOut() {
      const unsent = ownersOfUnsent(shelf)
      appearance.close()
      const left = session.signOut()
      if (!left) return undefined
      page.set('userFullname', '')
      page.set('userEmail', '')
      settings.attributes = {}
      toWipe.set([...toWipe.get(), left.owner, ...unsent])
      return left.heard.then(() => true)
    },
  }
  return running
}

function sessionOf(who: Who): string | undefined {
  return isSignedIn(who) ? who.session : undefined
}

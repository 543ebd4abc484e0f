import { atom } from 'nanostores'
import { type Appearance, createAppearance, phoneWidth } from './appearance.ts'
import { installationOf } from './base.ts'
import { palette } from './color.ts'
import type { Core, LiveModule } from './core.ts'
import type { Live } from './live.ts'
import { liveFile, once } from './modules.ts'
import { createServer, isPassing, type Project } from './server.ts'
import { createSession } from './session.ts'
import { readSettings, type Settings } from './settings.ts'
import { createShelf } from './shelf.ts'
import { type Beginning, readFromPage } from './start.ts'
import { chooseLanguage } from './texts/launcher.ts'
import { ownersOfUnsent } from './unsent.ts'
import { isSignedIn, type Who } from './who.ts'

export interface Running {
  core: Core
  appearance: Appearance
  /** VT13a. */
  authNonce(): Promise<string>
  setParameter(name: string, value: unknown): void
  signOut(): Promise<boolean> | undefined
}

/** Puts the parts together, once it is known whose chat this is. */
export function run({ base: address, root, events }: Beginning, settings: Settings): Running {
  const base = installationOf(address)
  const { report } = events
  const shelf = createShelf(settings.projectid, settings.persistence)
  const server = createServer(base, settings.projectid)
  const project = atom<Project | undefined>(undefined)
  const changes = atom(0)
  const toWipe = atom<readonly string[]>([])
  const unread = atom(0)

  const session = createSession({
    shelf,
    server,
    report,
    guestsWelcome: () => asked.then((it) => it?.enforcement !== 'required').catch(() => false),
    autoStart: () => settings.autoStart,
  })
  const liveAddress = () => `${base}/widget/${liveFile()}`
  const live = once<LiveModule, Live>(liveAddress, (module) => module.createLive(core), report)
  const core: Core = {
    base,
    settings,
    palette,
    shelf,
    events,
    session,
    call: (key, input) => server.as(sessionOf(session.who.get()))(key, input),
    live,
    unread,
    project,
    isOpen: atom(false),
    changes,
    toWipe,
    close: () => appearance.close(),
  }

  readKept()
  const asked = askProject()
  const isLate = /\/v[56]$/.test(address)
  const appearance = createAppearance(core, root, isLate, shelf.get('project') ? Promise.resolve() : asked)
  changes.listen(() => root.dress(settings))
  session.who.subscribe((now) => {
    unread.set(isSignedIn(now) ? now.unread : 0)
    // No socket for somebody who never wrote (WG3).
    if (isSignedIn(now) && now.session && (now.state === 'guest' || now.conversations)) live().catch(() => {})
  })

  /** What earlier pages learned of the project and of the visitor's wishes stands until something newer comes. */
  function readKept(ofProject = shelf.get('project')): void {
    const isOpen = innerWidth > phoneWidth && shelf.get('isOpen')
    readFromPage(settings, ofProject, { isOpen }, shelf.get('claims'), shelf.get('set'))
    settings.lang = chooseLanguage([settings.lang, ...navigator.languages])
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

  return {
    core,
    appearance,
    async authNonce() {
      const module: LiveModule = await import(/* @vite-ignore */ liveAddress())
      return module.authNonce(shelf)
    },
    setParameter(name, value) {
      Object.assign(settings, readSettings({ [name]: value }))
      if (name === 'preChatForm') shelf.set('set', { [name]: value })
      changes.set(changes.get() + 1)
    },
    signOut() {
      const unsent = ownersOfUnsent(shelf)
      const gone = session.signOut()
      if (!gone) return undefined
      settings.userFullname = settings.userEmail = ''
      toWipe.set([...toWipe.get(), gone.owner, ...unsent])
      return gone.heard.then(() => true)
    },
  }
}

function sessionOf(who: Who): string | undefined {
  return isSignedIn(who) ? who.session : undefined
}

import type { WritableAtom } from 'nanostores'
import type { Api } from '../client/api.ts'
import type { authNonce } from './auth-nonce.ts'
import type { Palette } from './color.ts'
import type { Events } from './events.ts'
import type { createLive, Live } from './live.ts'
import type { Project } from './server.ts'
import type { Session } from './session.ts'
import type { Settings } from './settings.ts'
import type { Shelf } from './shelf.ts'

/** What the loader has made when the panel arrives, and all that the panel knows of the page. */
export interface Core {
  /** The installation's address: files under /widget, calls under /api, the socket at /live. */
  base: string
  settings: Settings
  palette: Palette
  shelf: Shelf
  events: Events
  session: Session
  /** Under the visitor's session. */
  call: Api
  /** Fetches the module of the connection, once. */
  live(): Promise<Live>
  /** Messages of agents that the visitor has not read. */
  unread: WritableAtom<number>
  /** Undefined until the server has answered. */
  project: WritableAtom<Project | undefined>
  isOpen: WritableAtom<boolean>
  /** Counts the changes of the settings. */
  changes: WritableAtom<number>
  /** Owners whose unsent messages are to be forgotten; the panel has the store. */
  toWipe: WritableAtom<readonly string[]>
  close(): void
}

export interface PanelModule {
  /** Answers what unread messages are called. */
  mount(core: Core, host: HTMLElement, place: HTMLElement): Promise<string>
}

export interface LiveModule {
  createLive: typeof createLive
  authNonce: typeof authNonce
}

import type { WritableAtom } from 'nanostores'
import type { Api } from '../client/api.ts'
import type { Palette } from './color.ts'
import type { Events } from './events.ts'
import type { createLive, Live } from './live.ts'
import type { PageApi } from './page-api/page-api.ts'
import type { Chat } from './panel/chat.ts'
import type { Root } from './root.ts'
import type { Running } from './run.ts'
import type { Project } from './server.ts'
import type { Session } from './session.ts'
import type { Given, Settings } from './settings.ts'
import type { Shelf } from './shelf.ts'

/** What the loader has made when the panel arrives, and all that the panel knows of the page. */
export interface Core {
  /** The installation's address: files under /widget, calls under /api, the socket at /live. */
  base: string
  /** Does the page load version 5 of the API, or 6, which have defaults of their own? */
  isLate: boolean
  settings: Settings
  /** Makes these settings known, with their defaults, and with what was wished on earlier pages. */
  learn(table: object, ...wishes: unknown[]): void
  /** Everything that is given, by its name in small letters and in the rough. */
  given(): Given
  setParameter(name: string, value: unknown): void
  palette: Palette
  shelf: Shelf
  events: Events
  session: Session
  /** Under the visitor's session. */
  call: Api
  /** Fetches the module of the connection, once. */
  live(): Promise<Live>
  /** Fetches the panel, once; shows nothing. */
  panel(): Promise<Mounted>
  /** Fetches what few pages use, once. */
  pageApi(): Promise<PageApi>
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

/** The panel on the page. */
export interface Mounted {
  chat: Chat
  /** Takes everything away. */
  unmount(): void
}

export interface PanelModule {
  mount(core: Core, host: HTMLElement, place: HTMLElement): Promise<Mounted>
}

export interface LiveModule {
  createLive: typeof createLive
}

export interface PageApiModule {
  createPageApi(running: Running, root: Root, restart: () => void): PageApi
}

/** What stands beside the closed launcher. Fetched when the first of it is due. */
export interface Beside {
  showCallout(): void
}

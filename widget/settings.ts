import type { dressDefaults } from './dress-settings.ts'
import type { lateDefaults } from './late-settings.ts'
import type { moreDefaults } from './more-settings.ts'
import type { lookDefaults } from './page-api/looks.ts'
import type { asPageConversation } from './page-shapes.ts'

/** What a page may set and must hold before anybody opens the chat. The other settings come with whoever needs them. */
export const defaults = {
  projectid: '',
  align: 'right',
  themeColor: '#2a6ac1',
  themeForegroundColor: '',
  isOpen: false,
  isShown: true,
  autoStart: true,
  startHidden: false,
  persistence: 'local',
  lang: '',
  marginX: '20px',
  marginY: '20px',
}

/** What `component.g` of the API has besides settings. */
export interface State {
  isLogged: boolean
  senderId: string | undefined
  /** The conversation on the screen; empty while it has no id. */
  recipientId: string
  activeConversation: ReturnType<typeof asPageConversation> | undefined
  /** Of the conversation: pages write into it, and every message takes them along. */
  attributes: Record<string, unknown>
}

/**
 * Every setting. Those of `lateDefaults` are there from the moment when the panel is, the others when
 * the page sets one of them.
 */
export type Settings = typeof defaults &
  typeof lateDefaults &
  typeof moreDefaults &
  typeof dressDefaults &
  typeof lookDefaults &
  State

/** Settings as they were given: by their names in small letters. */
export type Given = Record<string, unknown>

/** Names are the same in any case, because addresses of pages spell them in small letters; the misspelt one is real. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace('wellcome', 'welcome')
    .replace(/^open$/, 'isopen')
}

/** All that the sources give, later ones winning. */
export function gather(...sources: unknown[]): Given {
  const given = sources.flatMap((source) => (Array.isArray(source) ? source : Object.entries(source ?? {})))
  return Object.fromEntries(given.map(([name, value]) => [plainName(name), value]))
}

/** Those of the table's settings that are given; what makes no sense is left out. */
export function readSettings(table: object, given: Given): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const [name, fallback] of Object.entries(table)) {
    const value = as(typeof fallback, given[plainName(name)])
    if (value !== undefined) read[name] = value
  }
  return read
}

/**
 * What no link may say on a page that says whose chat it is: words and pictures, other places to write to, and who
 * the visitor is. Anybody can send anybody a link, and whoever follows it believes the site.
 */
const harmless =
  /^tiledesk_(?!project|user|wel|callout[tm]|widgett|logo|(baloon|launcher)im|what|telegr|mess|priv|startm|text|power)/i

/** The page's address as a source: `?tiledesk_isopen` alone means true. */
export function fromAddress(search: string, project?: unknown): [string, string][] {
  const wanted = project ? harmless : /^tiledesk_/i
  const given = [...new URLSearchParams(search)].filter(([name]) => wanted.test(name))
  return given.map(([name, value]) => [name.slice(9), value || 'true'])
}

/** Pages write `"true"` as well as `true`, and 20 as well as `'20px'`. */
function as(type: string, value: unknown): unknown {
  if (type === 'boolean') {
    const word = String(value).toLowerCase()
    return /^(true|yes|1)$/.test(word) || (/^(false|no|0)$/.test(word) ? false : undefined)
  }
  if (type === 'string' && typeof value === 'number') return String(value)
  return typeof value === type ? (value ?? undefined) : undefined
}

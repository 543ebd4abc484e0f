/** What a page may set, and what holds when it does not. */
export const defaults = {
  projectid: '',
  align: 'right',
  themeColor: '#2a6ac1',
  themeForegroundColor: '',
  isOpen: false,
  autoStart: true,
  startHidden: false,
  persistence: 'local',
  lang: '',
  userFullname: '',
  userEmail: '',
  preChatForm: false,
  welcomeTitle: '',
  welcomeMsg: '',
  widgetTitle: '',
  marginX: '20px',
  marginY: '20px',
}

export type Settings = typeof defaults

/** The name that other generations of the API use for the same thing; the misspelt one is real. */
const aliasOf = (name: string) => name.replace('isopen', 'open').replace('welcome', 'wellcome')

/**
 * The settings that the sources give, later ones winning; what is unknown or makes no sense is left out. Names are
 * read in any case, because addresses of pages spell them in small letters.
 */
export function readSettings(...sources: unknown[]): Partial<Settings> {
  return Object.assign({}, ...sources.map(readSource))
}

/** The page's address as a source: `?tiledesk_isopen` alone means true. */
export function fromAddress(search: string): Record<string, unknown> {
  const given = [...new URLSearchParams(search)].filter(([name]) => /^tiledesk_/i.test(name))
  return Object.fromEntries(given.map(([name, value]) => [name.slice(9), value || 'true']))
}

function readSource(source: unknown): Record<string, unknown> {
  const given = new Map(Object.entries(source ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
  const read: Record<string, unknown> = {}
  for (const [name, fallback] of Object.entries(defaults)) {
    const small = name.toLowerCase()
    const value = as(typeof fallback, given.get(small) ?? given.get(aliasOf(small)))
    if (value !== undefined) read[name] = value
  }
  return read
}

/** Pages write `"true"` as well as `true`, and 20 as well as `'20px'`. */
function as(type: string, value: unknown): boolean | string | undefined {
  if (type === 'boolean') {
    const word = String(value).toLowerCase()
    return /^(true|yes|1)$/.test(word) || (/^(false|no|0)$/.test(word) ? false : undefined)
  }
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

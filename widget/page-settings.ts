import { atom, type WritableAtom } from 'nanostores'
import { defaults, fromAddress, type Given, gather, plainName, readSettings, type Settings } from './settings.ts'
import { chooseLanguage } from './texts/launcher.ts'

export interface PageSettings {
  /** Pages have it in their hands, too, and may write into it (`component.g`). */
  settings: Settings
  /** Counts what `set` changed. */
  changes: WritableAtom<number>
  /** Reads all anew: what is kept (or as last time), then the page's settings, its elements and its address. */
  read(...kept: unknown[]): void
  /** Reads these from now on, too; what nobody says otherwise is as in the table, or as wished before. */
  learn(table: object, ...wishes: unknown[]): void
  set(name: string, value: unknown): void
  /** Everything that is given, whether it is a setting or not. */
  given(): Given
}

/** Later versions of the API take an element's attribute for more, the earlier ones `tiledeskSettings`. */
export function createPageSettings(isLate: boolean): PageSettings {
  const changes = atom(0)
  const known: object = { ...defaults }
  const settings = { ...defaults, autoStart: !isLate, attributes: {} } as Settings
  const changed: Given = {}
  let kept: unknown[] = []
  let given: Given = {}

  function read(...sources: unknown[]): void {
    if (sources.length) kept = sources
    const page = [attributes(), window.tiledeskSettings]
    const before = given
    const own = gather(...kept, ...(isLate ? page.reverse() : page))
    given = gather(own, fromAddress(location.search, own.projectid), changed)
    // Only what has changed: a page may have written something else into the settings since.
    const news = Object.entries(given).filter(([name, value]) => value !== before[name])
    Object.assign(settings, readSettings(known, gather(news)))
    settings.lang = chooseLanguage([settings.lang, ...navigator.languages])
  }

  return {
    settings,
    changes,
    read,
    learn(table, ...wishes) {
      Object.assign(known, table)
      Object.assign(settings, table, readSettings(table, gather(...wishes, given, settings)))
    },
    set(name, value) {
      changed[plainName(name)] = value
      read()
      changes.set(changes.get() + 1)
    },
    given: () => given,
  }
}

function attributes(): [string, string][] {
  const elements = [...document.querySelectorAll('#tiledesk-jssdk,[projectid]')]
  const all = elements.flatMap(({ attributes }) => [...attributes])
  return all.map(({ name, value }) => [name.replace('data-', ''), value || 'true'])
}

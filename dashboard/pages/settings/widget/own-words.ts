/** The project's own words for texts of the widget: nested by language and group as pages have them, or one by one. */
import { maxOwnTextsBytes } from '../../../../protocol/limits.ts'
import type { OwnTexts } from '../../../../protocol/widget-settings.ts'
import { FieldComplaint } from '../../../parts/complaints.ts'

export interface OwnWord {
  /** Two letters, or `everyLanguage`. */
  language: string
  /** As `write`, or `because.banned` in a group. */
  name: string
  text: string
}

export const everyLanguage = 'every'

interface Group {
  [name: string]: string | Group
}

export function ownWordsFrom(texts: OwnTexts): OwnWord[] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'object' && /^[a-z]{2}$/.test(name) ? wordsOf(value, name) : wordsOf({ [name]: value }),
  )
}

function wordsOf(group: Group, language = everyLanguage, of = ''): OwnWord[] {
  return Object.entries(group).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [{ language, name: of + name, text: value }]
      : wordsOf(value, language, `${of}${name}.`),
  )
}

/** Undefined if nothing is said in other words. */
export function ownTextsFrom(words: readonly OwnWord[]): OwnTexts | undefined {
  const said = words.filter(({ text }) => text.trim() !== '')
  if (said.length === 0) return undefined
  const languages = new Set(said.map(({ language }) => language))
  const inEach = [...languages].map((language) => {
    const texts = nested(said.filter((word) => word.language === language))
    return language === everyLanguage ? texts : { [language]: texts }
  })
  const texts: OwnTexts = Object.assign({}, ...inEach)
  if (new TextEncoder().encode(JSON.stringify(texts)).length > maxOwnTextsBytes)
    throw new FieldComplaint('texts', 'These are too many words. Shorten or empty some.')
  return texts
}

function nested(words: readonly OwnWord[]): Record<string, string | Record<string, string>> {
  const texts: Record<string, string | Record<string, string>> = {}
  for (const { name, text } of words) {
    const [group = '', member] = name.split('.')
    const others = texts[group]
    if (member === undefined) texts[group] = text.trim()
    else texts[group] = { ...(typeof others === 'object' && others), [member]: text.trim() }
  }
  return texts
}

import type { Settings } from '../../settings.ts'
import type { MoreTexts } from '../../texts/more-en.ts'

export interface FormField {
  name: string
  type: 'text' | 'textarea' | 'checkbox' | 'static'
  label: string
  isMandatory: boolean
  regex: RegExp | undefined
  errorLabel: string | undefined
  rows: number
}

export type FieldValues = Record<string, string | boolean>

type Words = Pick<MoreTexts, 'name' | 'email' | 'nameMissing' | 'emailWrong' | 'fieldMissing' | 'fieldWrong'>

const mostFields = 20
const email = /^[^\s@]+@[^\s@]+$/

/** The page's or the project's own fields, or else name and e-mail. */
export function fieldsOf(
  settings: Pick<Settings, 'preChatFormJson' | 'privacyField' | 'lang'>,
  words: Words,
): FormField[] {
  const { preChatFormJson, privacyField, lang } = settings
  const own = preChatFormJson.slice(0, mostFields).flatMap((given, index) => readField(given, index, lang, words))
  const privacy = { name: 'privacyApproved', type: 'checkbox', mandatory: true, label: privacyField }
  return [
    ...(own.length
      ? own
      : ['userFullname', 'userEmail'].flatMap((name) => readField({ name, mandatory: true }, 0, lang, words))),
    ...(privacyField ? readField(privacy, 0, lang, words) : []),
  ]
}

function readField(given: unknown, index: number, lang: string, words: Words): FormField[] {
  const { type = 'text', label, value, ...rest }: Record<string, unknown> = Object(given)
  const name = rest.name ?? (type === 'static' && `static${index}`)
  if (typeof name !== 'string' || !name || !isType(type)) return []
  const known = { userFullname: words.name, userEmail: words.email }[name]
  const text = asText(type === 'static' ? (value ?? label) : label, lang, known)
  return [
    {
      name,
      type,
      label: text ?? known ?? name,
      isMandatory: rest.mandatory === true || rest.mandatory === 'true',
      regex: asPattern(rest.regex) ?? (name === 'userEmail' ? email : undefined),
      errorLabel: asText(rest.errorLabel, lang, undefined),
      rows: typeof rest.rows === 'number' ? Math.min(12, Math.max(1, rest.rows)) : 3,
    },
  ]
}

function isType(type: unknown): type is FormField['type'] {
  return type === 'text' || type === 'textarea' || type === 'checkbox' || type === 'static'
}

/** A text, one for each language, or the name of one that the other product's server had. Never HTML. */
function asText(given: unknown, lang: string, known: string | undefined): string | undefined {
  if (typeof given === 'string') return /^[A-Z]+(_[A-Z]+)+$/.test(given) ? known : plain(given)
  const texts: Record<string, unknown> = Object(given)
  const text = texts[lang] ?? texts.default ?? texts.en ?? Object.values(texts)[0]
  return typeof text === 'string' ? plain(text) : undefined
}

function plain(text: string): string {
  return text.replace(/<[^>]*>/g, '').slice(0, 1_000)
}

function asPattern(given: unknown): RegExp | undefined {
  if (typeof given !== 'string' || !given) return undefined
  const source = /^\/(.*)\/[a-z]*$/.exec(given)?.[1] ?? given
  try {
    return new RegExp(source, 'u')
  } catch {
    // A pattern that nobody can read must not keep visitors from writing.
    return undefined
  }
}

/** What is missing or wrong, by the name of the field. */
export function problemsIn(fields: readonly FormField[], given: FieldValues, words: Words): Record<string, string> {
  const found: Record<string, string> = {}
  for (const field of fields) {
    const problem = problemOf(field, given[field.name], words)
    if (problem) found[field.name] = field.errorLabel ?? problem
  }
  return found
}

function problemOf({ name, isMandatory, regex }: FormField, value: string | boolean | undefined, words: Words) {
  const isEmpty = !value
  if (isEmpty) {
    if (!isMandatory) return undefined
    return name === 'userFullname' ? words.nameMissing : name === 'userEmail' ? words.emailWrong : words.fieldMissing
  }
  if (typeof value !== 'string' || !regex || regex.test(value)) return undefined
  return name === 'userEmail' ? words.emailWrong : words.fieldWrong
}

/** What a visitor's attributes and the page he writes from come to, as lines of text. */
import type { Row } from '../../../../client/timeline.ts'
import type { Attributes, Message } from '../../../../protocol/records.ts'

const longestValue = 500

export function attributesOf(attributes: Attributes): [string, string][] {
  return Object.entries(attributes).flatMap(([name, value]): [string, string][] => {
    if (!isObject(value)) return [[labelOf(name), lineOf(value)]]
    return Object.entries(value).map(([inner, each]) => [labelOf(`${name} ${inner}`), lineOf(each)])
  })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The newest message of the visitor that says where it was written. */
export function pageOf(rows: readonly Row[], last: Message | null): { title: string | null; address: string | null } {
  const stored = rows.flatMap((row) => (row.state === 'sent' ? [row.message] : []))
  const messages = last === null ? stored : [...stored, last]
  for (const { author, attributes } of messages.reverse()) {
    if (author.kind !== 'visitor') continue
    const address = textOf(attributes.sourcePage)
    const title = textOf(attributes.sourceTitle)
    if (address !== null || title !== null) return { title, address }
  }
  return { title: null, address: null }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, longestValue) : null
}

/** planName and plan_name become Plan name. */
function labelOf(name: string): string {
  const words = name
    .replace(/[_-]+/g, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .trim()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}

function lineOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}

/** @jsxImportSource preact */
import { cleanFileName } from '../../../client/file-name.ts'
import type { Message } from '../../../protocol/records.ts'
import type { Settings } from '../../settings.ts'
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { presentWords } from './words.ts'

type Line = Pick<Message, 'kind' | 'attributes' | 'text'> & Partial<Pick<Message, 'attachments'>>

/** A line of the server's own, in the visitor's language. */
export function System({ about }: { about: string }) {
  const { core, chat } = useSurroundings()
  const row = useAtom(chat.rows).find(({ key }) => key === about)
  const line = row?.state === 'sent' && lineOf(row.message, core.settings)
  return line ? <p class="system">{line}</p> : null
}

/** With the names of its files. Empty if the page does not want it; as the server wrote it if there are no words for it here. */
export function lineOf({ kind, attributes, text, attachments = [] }: Line, settings: Settings): string {
  const { key, parameters } = Object(attributes.messagelabel)
  const { lines } = presentWords()
  const files = attachments.map(({ name }) => `📎 ${cleanFileName(name)}`)
  if (kind !== 'system' || !Object.hasOwn(lines, key)) return [text, ...files].filter(Boolean).join(' ')
  if (!settings.showInfoMessage.split(/[\s,]+/).includes(key)) return ''
  const name: unknown = Object(parameters).fullname
  return lines[key]?.replace('{name}', () => (typeof name === 'string' ? name : '')) ?? text
}

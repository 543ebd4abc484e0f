import type { Message } from '../../../protocol/records.ts'
import type { Core } from '../../core.ts'
import type { Texts } from '../../texts/en.ts'
import type { MoreTexts } from '../../texts/more-en.ts'
import { localeOf } from '../groups.ts'
import { isHidden } from '../message-attributes.ts'
import { save } from './save.ts'
import { lineOf } from './system.tsx'

/** The whole conversation as a text file, made here. */
export async function saveTranscript(core: Core, conversation: string, texts: Texts, words: MoreTexts): Promise<void> {
  try {
    const all = await allOf(core, conversation)
    const messages = all.map((one) => ({ ...one, text: lineOf(one, core.settings) }))
    const title = core.settings.widgetTitle || core.project.get()?.name || ''
    const text = asText(messages, title, texts, words, localeOf(core.settings.lang))
    // Programs that open text files guess at what has no mark.
    save(new Blob(['\uFEFF', text], { type: 'text/plain;charset=utf-8' }), `${words.fileName}.txt`)
  } catch (error) {
    core.events.report(error)
  }
}

async function allOf(core: Core, conversation: string): Promise<Message[]> {
  const messages: Message[] = []
  let page: string | null = null
  do {
    const query: { page?: string } = page ? { page } : {}
    const params = { conversation }
    const part = await core.call('GET /conversations/:conversation/export', { params, query })
    messages.push(...part.messages)
    page = part.nextPage
  } while (page)
  return messages
}

export function asText(
  messages: readonly Message[],
  title: string,
  texts: Pick<Texts, 'you' | 'team'>,
  words: Pick<MoreTexts, 'transcriptOf'>,
  locale: string,
): string {
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const lines = messages
    .filter((message) => message.kind !== 'note' && !isHidden(message))
    .map(({ author, kind, text, createdAt }) => {
      const at = `[${moment.format(createdAt)}]`
      if (kind === 'system') return `${at} ${text}`
      return `${at} ${author.kind === 'visitor' ? texts.you : (author.name ?? texts.team)}: ${text}`
    })
  return [words.transcriptOf(title), '', ...lines, ''].join('\n')
}

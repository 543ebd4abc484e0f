/** The page of the widget's words: what pages may override, by name. Made from the texts themselves. */
import { besideTexts } from '../widget/texts/beside.ts'
import { texts } from '../widget/texts/en.ts'
import { launcherName } from '../widget/texts/launcher.ts'
import { moreTexts } from '../widget/texts/more-en.ts'

export function widgetTexts(): string {
  return `# The widget's words

A page has its own by these names, in \`tiledeskSettings.texts\`, before the chat is first opened:

\`\`\`js
window.tiledeskSettings = {
  projectid: 'YOUR-PROJECT',
  texts: {
    write: 'Ask us anything…',
    because: { signed_out: 'You left the shop.' },
    de: { write: 'Fragen Sie uns…' },
  },
}
\`\`\`

A project has its own in the dashboard, under Settings, Widget, Own words; a page that says \`texts\` is asked alone.

What stands at the top counts in every language, what stands under a language's two letters in that one. A word has at most
500 characters and is text, never HTML. \`{name}\` and the like are where something is put in.

| Name | In English |
|---|---|
${named(all('en', texts, moreTexts))
  .map(([name, words]) => `| \`${name}\` | ${words} |`)
  .join('\n')}
`
}

/** By language and then by name, for the dashboard, where a project has its own words. */
export async function widgetTextsOf(languages: readonly string[]): Promise<Record<string, Record<string, string>>> {
  const each = languages.map(async (language) => {
    const [{ texts }, { moreTexts }] = await Promise.all([
      import(`../widget/texts/${language}.ts`),
      import(`../widget/texts/more-${language}.ts`),
    ])
    return [language, Object.fromEntries(named(all(language, texts, moreTexts)))] as const
  })
  return Object.fromEntries(await Promise.all(each))
}

function all(language: string, chat: object, more: object): object {
  const { hide, team } = besideTexts(language)
  return { launcher: launcherName(language), ...chat, ...more, hide, team }
}

function named(table: object, of = ''): [name: string, words: string][] {
  return Object.entries(table).flatMap(([name, text]): [string, string][] => {
    if (typeof text === 'object') return named(text, `${of}${name}.`)
    return [[of + name, typeof text === 'function' ? text(`{${placeIn(text)}}`) : text]]
  })
}

/** What the text itself calls the thing that is put in. */
function placeIn(text: unknown): string {
  return /^\(?(\w+)/.exec(String(text))?.[1] ?? 'value'
}

/** The page of the widget's words: what pages may override, by name. Made from the texts themselves. */
import { besideTexts } from '../widget/texts/beside.ts'
import { texts } from '../widget/texts/en.ts'
import { launcherName } from '../widget/texts/launcher.ts'
import { moreTexts } from '../widget/texts/more-en.ts'

export function widgetTexts(): string {
  const { hide, team } = besideTexts('en')
  const all = { launcher: launcherName('en'), ...texts, ...moreTexts, hide, team }
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

What stands at the top counts in every language, what stands under a language's two letters in that one. A word has at most
500 characters and is text, never HTML. \`{name}\` and the like are where something is put in.

| Name | In English |
|---|---|
${rowsOf(all).join('\n')}
`
}

function rowsOf(table: object, of = ''): string[] {
  return Object.entries(table).flatMap(([name, text]) => {
    if (typeof text === 'object') return rowsOf(text, `${of}${name}.`)
    const words = typeof text === 'function' ? text(`{${placeIn(text)}}`) : text
    return [`| \`${of}${name}\` | ${words} |`]
  })
}

/** What the text itself calls the thing that is put in. */
function placeIn(text: unknown): string {
  return /^\(?(\w+)/.exec(String(text))?.[1] ?? 'value'
}

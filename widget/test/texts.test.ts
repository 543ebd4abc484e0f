import { expect, test } from 'vitest'
import { besideTexts } from '../texts/beside.ts'

const languages = ['it', 'es', 'fr', 'de', 'pt', 'ar']

/** Words that are the same in several languages. */
const shared =
  /^(Team|Chat|Emojis?|Options|Opções|Name|E-mail|Email|Nom|Sound|Conversation|New|Optionen|conversation|No|OK|Image)$/

type Words = Record<string, unknown>

async function wordsOf(language: string): Promise<Words> {
  const { texts }: { texts: Words } = await import(`../texts/${language}.ts`)
  const { moreTexts }: { moreTexts: Words } = await import(`../texts/more-${language}.ts`)
  return { ...flat(texts), ...flat(moreTexts), ...flat({ ...besideTexts(language) }) }
}

/** What stands in a table is named by both. */
function flat(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words).flatMap(([name, value]) =>
      typeof value === 'object'
        ? Object.entries(Object(value)).map(([key, word]) => [`${name}.${key}`, word])
        : [[name, value]],
    ),
  )
}

test.each(languages)('[WG5] %s has every text, and none of them in English', async (language) => {
  const english = await wordsOf('en')
  const words = await wordsOf(language)
  expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
  for (const [name, word] of Object.entries(words)) {
    const original = english[name]
    expect(typeof word, name).toBe(typeof original)
    const said = typeof word === 'function' ? word('X1') : word
    const meant = typeof original === 'function' ? original('X1') : original
    expect(String(said).trim(), name).not.toBe('')
    if (typeof word === 'function') expect(said, name).toContain('X1')
    if (!shared.test(String(said))) expect(said, name).not.toBe(meant)
  }
})

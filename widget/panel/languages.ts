import type { Core } from '../core.ts'
import type { Texts } from '../texts/en.ts'
import type { MoreTexts } from '../texts/more-en.ts'

type Load = [chat: () => Promise<{ texts: Texts }>, more: () => Promise<{ moreTexts: MoreTexts }>]

/** Nobody pays for a language that he does not read. */
const languages: Record<string, Load> = {
  en: [() => import('../texts/en.ts'), () => import('../texts/more-en.ts')],
  it: [() => import('../texts/it.ts'), () => import('../texts/more-it.ts')],
  es: [() => import('../texts/es.ts'), () => import('../texts/more-es.ts')],
  fr: [() => import('../texts/fr.ts'), () => import('../texts/more-fr.ts')],
  de: [() => import('../texts/de.ts'), () => import('../texts/more-de.ts')],
  pt: [() => import('../texts/pt.ts'), () => import('../texts/more-pt.ts')],
  ar: [() => import('../texts/ar.ts'), () => import('../texts/more-ar.ts')],
}

export async function loadTexts(core: Core): Promise<Texts> {
  return own(core, (await loadersOf(core.settings.lang)[0]()).texts)
}

export async function loadMoreTexts(core: Core): Promise<MoreTexts> {
  return own(core, (await loadersOf(core.settings.lang)[1]()).moreTexts)
}

/** Few pages have words of their own. */
async function own<T extends object>({ given, settings }: Core, texts: T): Promise<T> {
  const wanted = given().texts
  return wanted ? (await import('./own-texts.ts')).inOwnWords(texts, wanted, settings.lang) : texts
}

function loadersOf(language: string): Load {
  const load = languages[language] ?? languages.en
  if (!load) throw new Error('no texts')
  return load
}

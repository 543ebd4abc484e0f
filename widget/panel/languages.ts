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

export async function loadTexts(language: string): Promise<Texts> {
  return (await loadersOf(language)[0]()).texts
}

export async function loadMoreTexts(language: string): Promise<MoreTexts> {
  return (await loadersOf(language)[1]()).moreTexts
}

function loadersOf(language: string): Load {
  const load = languages[language] ?? languages.en
  if (!load) throw new Error('no texts')
  return load
}

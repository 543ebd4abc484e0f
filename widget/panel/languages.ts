import type { Texts } from '../texts/en.ts'

type Load = () => Promise<{ texts: Texts }>

/** Nobody pays for a language that he does not read. */
const languages: Record<string, Load> = {
  en: () => import('../texts/en.ts'),
  it: () => import('../texts/it.ts'),
  es: () => import('../texts/es.ts'),
  fr: () => import('../texts/fr.ts'),
  de: () => import('../texts/de.ts'),
  pt: () => import('../texts/pt.ts'),
  ar: () => import('../texts/ar.ts'),
}

export async function loadTexts(language: string): Promise<Texts> {
  const load = languages[language] ?? languages.en
  if (!load) throw new Error('no texts')
  return (await load()).texts
}

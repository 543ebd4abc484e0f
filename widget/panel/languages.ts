import { en, type Texts } from '../texts/en.ts'

type Load = () => Promise<{ texts: Texts }>

const others: Record<string, Load> = {
  it: () => import('../texts/it.ts'),
  es: () => import('../texts/es.ts'),
  fr: () => import('../texts/fr.ts'),
  de: () => import('../texts/de.ts'),
  pt: () => import('../texts/pt.ts'),
  ar: () => import('../texts/ar.ts'),
}

/** The language's texts; English when they cannot be fetched. */
export async function loadTexts(language: string): Promise<Texts> {
  try {
    return (await others[language]?.())?.texts ?? en
  } catch {
    return en
  }
}

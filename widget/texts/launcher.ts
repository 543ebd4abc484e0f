/** The few words that the loader needs, in every language; the rest comes with the panel. */
type Words = readonly [open: string, unread: string]

const words: Record<string, Words> = {
  en: ['Chat', 'unread'],
  it: ['Chat', 'non letti'],
  es: ['Chat', 'sin leer'],
  fr: ['Chat', 'non lus'],
  de: ['Chat', 'ungelesen'],
  pt: ['Chat', 'não lidas'],
  ar: ['محادثة', 'غير مقروءة'],
}

export function launcherName(language: string, unread: number): string {
  const [chat, notRead] = words[language] ?? ['Chat', 'unread']
  return unread ? `${chat}, ${unread} ${notRead}` : chat
}

/** The first language of these that there are texts for, whatever its region. */
export function chooseLanguage(wished: readonly string[]): string {
  return wished.map((name) => name.slice(0, 2).toLowerCase()).find((name) => name in words) ?? 'en'
}

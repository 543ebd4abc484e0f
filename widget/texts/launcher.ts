/** The few words that the loader needs: what unread messages are called. The rest comes with the panel. */
const unreadWord: Record<string, string> = {
  en: 'unread',
  it: 'non letti',
  es: 'sin leer',
  fr: 'non lus',
  de: 'ungelesen',
  pt: 'não lidas',
  ar: 'غير مقروءة',
}

export function launcherName(language: string, unread: number): string {
  const chat = language === 'ar' ? 'محادثة' : 'Chat'
  return unread ? `${chat}, ${unread} ${unreadWord[language]}` : chat
}

/** The first language of these that there are texts for, whatever its region. */
export function chooseLanguage(wished: readonly string[]): string {
  return wished.map((name) => name.slice(0, 2).toLowerCase()).find((name) => name in unreadWord) ?? 'en'
}

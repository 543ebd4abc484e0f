/** The button's name. */
export function launcherName(language: string): string {
  return language === 'ar' ? 'محادثة' : 'Chat'
}

/** The first language of these that there are texts for, whatever its region. */
export function chooseLanguage(wished: readonly string[]): string {
  return /(?:^|,)(en|it|es|fr|de|pt|ar)/.exec(wished.join().toLowerCase())?.[1] ?? 'en'
}

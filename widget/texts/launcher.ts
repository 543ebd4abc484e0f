/** The button's name. What unread messages are called comes with the panel, which is fetched when there are some. */
export function launcherName(language: string, unread: number, unreadWord: string): string {
  const chat = language === 'ar' ? 'محادثة' : 'Chat'
  return unread ? `${chat}, ${unread} ${unreadWord}` : chat
}

/** The first language of these that there are texts for, whatever its region. */
export function chooseLanguage(wished: readonly string[]): string {
  return /(?:^|,)(en|it|es|fr|de|pt|ar)/.exec(wished.join().toLowerCase())?.[1] ?? 'en'
}

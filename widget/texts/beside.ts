import type { Core } from '../core.ts'

interface BesideTexts {
  hide: string
  calloutTitle: string
  calloutMsg: string
  team: string
}

/** So few words that every language comes along. */
const texts: Record<string, [hide: string, title: string, message: string, team: string]> = {
  en: ['Dismiss', 'Need help?', 'Write to us, we are here.', 'Team'],
  it: ['Chiudi', 'Serve aiuto?', 'Scrivici, siamo qui.', 'Team'],
  es: ['Cerrar', '¿Necesitas ayuda?', 'Escríbenos, estamos aquí.', 'Equipo'],
  fr: ['Fermer', 'Besoin d’aide ?', 'Écrivez-nous, nous sommes là.', 'Équipe'],
  de: ['Schließen', 'Brauchen Sie Hilfe?', 'Schreiben Sie uns, wir sind da.', 'Team'],
  pt: ['Fechar', 'Precisa de ajuda?', 'Escreva-nos, estamos aqui.', 'Equipa'],
  ar: ['إغلاق', 'هل تحتاج إلى مساعدة؟', 'راسلنا، نحن هنا.', 'الفريق'],
}

export function besideTexts(language: string): BesideTexts {
  const [hide = '', calloutTitle = '', calloutMsg = '', team = ''] = texts[language] ?? texts.en ?? []
  return { hide, calloutTitle, calloutMsg, team }
}

/** The same, in the page's own words if it has any. */
export async function ownBesideTexts({ given, settings }: Core): Promise<BesideTexts> {
  const words = besideTexts(settings.lang)
  const wanted = given().texts
  return wanted ? (await import('../panel/own-texts.ts')).inOwnWords(words, wanted, settings.lang) : words
}

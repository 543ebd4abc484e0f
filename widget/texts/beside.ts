interface BesideTexts {
  close: string
  calloutTitle: string
  calloutMsg: string
  team: string
}

/** So few words that every language comes along. */
const texts: Record<string, [close: string, title: string, message: string, team: string]> = {
  en: ['Dismiss', 'Need help?', 'Write to us, we are here.', 'Team'],
  it: ['Chiudi', 'Serve aiuto?', 'Scrivici, siamo qui.', 'Team'],
  es: ['Cerrar', '¿Necesitas ayuda?', 'Escríbenos, estamos aquí.', 'Equipo'],
  fr: ['Fermer', 'Besoin d’aide ?', 'Écrivez-nous, nous sommes là.', 'Équipe'],
  de: ['Schließen', 'Brauchen Sie Hilfe?', 'Schreiben Sie uns, wir sind da.', 'Team'],
  pt: ['Fechar', 'Precisa de ajuda?', 'Escreva-nos, estamos aqui.', 'Equipa'],
  ar: ['إغلاق', 'هل تحتاج إلى مساعدة؟', 'راسلنا، نحن هنا.', 'الفريق'],
}

export function besideTexts(language: string): BesideTexts {
  const [close = '', calloutTitle = '', calloutMsg = '', team = ''] = texts[language] ?? texts.en ?? []
  return { close, calloutTitle, calloutMsg, team }
}

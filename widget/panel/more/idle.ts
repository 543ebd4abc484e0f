/** How the settings begin, of other generations or of servers, that mean nothing here. */
export const idle = /^(tenant|chann|user[IPT]|devel|isLog|logL|filterB|showAud|keyb|partic|fontFamilyS|disc|td_)/

/** They are taken, and this is said once. */
export function noteIdle(given: unknown): void {
  const names = Object.keys(Object(given)).filter((name) => idle.test(name))
  // biome-ignore lint/suspicious/noConsole: for whoever wrote the page
  if (names.length) console.info(`[signet] Settings without effect here: ${names.join(', ')}`)
}

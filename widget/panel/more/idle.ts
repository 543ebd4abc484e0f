/** Settings of other generations, or of servers, that mean nothing here: they are taken, and this is said once. */
export const idleSettings = [
  ...['tenant', 'channelType', 'poweredBy', 'userId', 'userPassword', 'userToken', 'development', 'isLogEnabled'],
  ...['logLevel', 'filterByRequester', 'isLogoutEnabled', 'showAttachmentButton', 'showAttachmentFooterButton'],
  ...['showAudioRecorderFooterButton', 'showAudioStreamFooterButton', 'keyboardSoundVolume', 'keyboardSoundFile'],
  ...['participants', 'fileUploadAccept', 'disconnetTime', 'recipientId', 'td_draft'],
]

export function noteIdle(given: unknown): void {
  const names = Object.keys(Object(given)).filter((name) => idleSettings.includes(name))
  // biome-ignore lint/suspicious/noConsole: for whoever wrote the page
  if (names.length) console.info(`[signet] Settings without effect here: ${names.join(', ')}`)
}

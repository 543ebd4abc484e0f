/** The settings of what is fetched when somebody gets there: home, forms, menus. Learned together with it. */
export const moreDefaults = {
  privacyField: '',
  /** An address, or `nologo`. */
  logoChat: '',
  showAllConversations: true,
  /** Not so on pages of versions 5 and 6. */
  showLogoutOption: true,
  hideCloseConversationOptionMenu: false,
  whatsappNumber: '',
  telegramUsername: '',
  messangerPageTitle: '',
  /** HTML in the original; its words. */
  poweredBy: '',
  showWidgetNameInConversation: false,
  allowTranscriptDownload: false,
  restartConversation: false,
  nativeRating: true,
  openExternalLinkButton: true,
  showAttachmentButton: true,
  showAttachmentFooterButton: true,
  /** As in the attribute `accept` of a field for files; the server takes no others than it takes. */
  fileUploadAccept: '',
  /** Keys of system lines, with commas between. */
  showInfoMessage: 'MEMBER_JOINED_GROUP,CHAT_CLOSED,CHAT_REOPENED',
}

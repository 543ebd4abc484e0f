/**
 * The settings that nothing needs before the chat is open, with what holds when the page says nothing. The panel
 * hands this table to the loader (`core.learn`), which reads them like all others: from the project, the browser's
 * storage, the page, its address, and whatever `setParameter` says later.
 */
export const lateDefaults = {
  // Before the first message
  userFullname: '',
  userEmail: '',
  preChatForm: false,
  /** The form's fields; empty for name and e-mail. */
  preChatFormJson: [] as unknown[],
  privacyField: '',
  departmentID: '',
  customAttributes: {} as Record<string, unknown>,
  startFromHome: true,
  recipientId: '',
  startMessage: '',

  // Home and header
  welcomeTitle: '',
  welcomeMsg: '',
  widgetTitle: '',
  /** An address, or `nologo`. */
  logoChat: '',
  showWaitTime: true,
  dynamicWaitTimeReply: true,
  showAvailableAgents: true,
  showAllConversations: true,
  singleConversation: false,
  showLogoutOption: true,
  hideSettings: false,
  hideHeaderCloseButton: false,
  hideHeaderConversation: false,
  hideHeaderConversationOptionsMenu: false,
  hideCloseConversationOptionMenu: false,
  whatsappNumber: '',
  telegramUsername: '',
  messangerPageTitle: '',

  // Conversation
  showWidgetNameInConversation: false,
  allowTranscriptDownload: false,
  allowReopen: false,
  restartConversation: false,
  nativeRating: true,
  /** Keys of system lines, with commas between. */
  showInfoMessage: 'MEMBER_JOINED_GROUP',
  /** `content` or `header`. */
  typingLocation: 'content',
  openExternalLinkButton: true,
  showEmojiFooterButton: true,
  soundEnabled: true,
  /** `min`, `max` or `top`. */
  size: 'min',

  // Looks
  bubbleSentBackground: '',
  bubbleSentTextColor: '',
  bubbleReceivedBackground: '',
  bubbleReceivedTextColor: '',
  fontSize: '',
  fontFamily: '',
  fontFamilySource: '',
  buttonFontSize: '',
  buttonBackgroundColor: '',
  buttonTextColor: '',
  buttonHoverBackgroundColor: '',
  buttonHoverTextColor: '',
}

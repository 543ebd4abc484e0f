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
  departmentID: '',
  /** What stands there before anybody has written. */
  startMessage: '',
  customAttributes: {} as Record<string, unknown>,

  // Home and header
  welcomeTitle: '',
  welcomeMsg: '',
  widgetTitle: '',
  showWaitTime: true,
  dynamicWaitTimeReply: true,
  startFromHome: true,
  showAvailableAgents: true,
  singleConversation: false,
  hideSettings: false,
  hideHeaderCloseButton: false,
  hideHeaderConversation: false,
  hideHeaderConversationOptionsMenu: false,

  // Conversation
  /** Not so in the original. Here who writes after the end is heard, unless the page says otherwise. */
  allowReopen: true,
  showEmojiFooterButton: true,
  soundEnabled: true,
  /** `content` or `header`. */
  typingLocation: 'content',
}

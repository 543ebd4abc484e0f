/** Types for pages that carry the widget: what `window.tiledesk`, `window.Tiledesk` and `window.tiledeskSettings` are. */

export interface TiledeskField {
  name: string
  type: 'text' | 'textarea' | 'static' | 'checkbox'
  label?: string | Record<string, string>
  errorLabel?: string | Record<string, string>
  mandatory?: boolean
  regex?: string
  rows?: number
  value?: string
}

export interface TiledeskTexts {
  [nameOrLanguage: string]: string | TiledeskTexts
}

export interface TiledeskSettings {
  projectid: string
  autoStart?: boolean
  userFullname?: string
  userEmail?: string
  persistence?: 'local' | 'session' | 'none'
  lang?: string
  /** Other words for the widget's own, by name; under a language's two letters for that language only. */
  texts?: TiledeskTexts
  departmentID?: string
  customAttributes?: Record<string, unknown>
  preChatForm?: boolean
  preChatFormJson?: TiledeskField[]
  privacyField?: string
  startMessage?: string
  recipientId?: string
  startFromHome?: boolean
  isOpen?: boolean
  open?: boolean
  startHidden?: boolean
  isShown?: boolean
  displayOnDesktop?: boolean
  displayOnMobile?: boolean
  displayOnPages?: string[]
  displayNotOnPages?: string[]
  onPageChangeVisibilityDesktop?: 'open' | 'close' | 'last'
  onPageChangeVisibilityMobile?: 'open' | 'close' | 'last'
  fullscreenMode?: boolean
  calloutTimer?: number
  calloutTitle?: string
  calloutMsg?: string
  align?: 'left' | 'right'
  marginX?: string | number
  marginY?: string | number
  mobileMarginX?: string
  mobileMarginY?: string
  themeColor?: string
  themeForegroundColor?: string
  themeColorOpacity?: number
  launcherWidth?: string
  launcherHeight?: string
  baloonShape?: string
  baloonImage?: string
  launcherShape?: 'round' | 'rounded' | 'square'
  launcherImage?: string
  size?: 'min' | 'max' | 'top'
  bubbleSentBackground?: string
  bubbleSentTextColor?: string
  bubbleReceivedBackground?: string
  bubbleReceivedTextColor?: string
  fontSize?: string
  fontFamily?: string
  buttonFontSize?: string
  buttonBackgroundColor?: string
  buttonTextColor?: string
  buttonHoverBackgroundColor?: string
  buttonHoverTextColor?: string
  widgetTitle?: string
  welcomeTitle?: string
  welcomeMsg?: string
  wellcomeTitle?: string
  wellcomeMsg?: string
  logoChat?: string
  showWaitTime?: boolean
  dynamicWaitTimeReply?: boolean
  showAvailableAgents?: boolean
  showAllConversations?: boolean
  singleConversation?: boolean
  showLogoutOption?: boolean
  hideSettings?: boolean
  hideHeaderCloseButton?: boolean
  hideHeaderConversation?: boolean
  hideHeaderConversationOptionsMenu?: boolean
  hideCloseConversationOptionMenu?: boolean
  whatsappNumber?: string
  telegramUsername?: string
  messangerPageTitle?: string
  poweredBy?: string
  showWidgetNameInConversation?: boolean
  allowTranscriptDownload?: boolean
  allowReopen?: boolean
  restartConversation?: boolean
  nativeRating?: boolean
  showInfoMessage?: string
  typingLocation?: 'content' | 'header'
  openExternalLinkButton?: boolean
  showEmojiFooterButton?: boolean
  showAttachmentButton?: boolean
  showAttachmentFooterButton?: boolean
  fileUploadAccept?: string
  soundEnabled?: boolean
  /** Others are taken, and have no effect. */
  [name: string]: unknown
}

export interface TiledeskUser {
  uid: string
  fullname?: string | null
  firstname?: string
  lastname?: string
  email?: string | null
  verified?: boolean
}

export interface TiledeskMessage {
  uid: string
  sender: string
  sender_fullname: string
  recipient: string
  text: string
  timestamp: number
  status: number
  type: string
  attributes: Record<string, unknown>
  isSender: boolean
}

export interface TiledeskSending {
  message: string
  type?: string
  metadata?: unknown
  recipientId?: string
  attributes?: Record<string, unknown>
}

export interface TiledeskEvents {
  isLoggedIn: boolean
  onAuthStateChanged: { event: 'online' | 'offline'; isLogged: boolean; user_id?: string }
  onNewConversation: { newConvId: string }
  onBeforeDepartmentsFormRender: { departments: { id: string; name: string }[] }
  onBeforeMessageSend: { text: string; attributes: Record<string, unknown> }
  onAfterMessageSend: TiledeskMessage
  onMessageCreated: { message: TiledeskMessage }
  onConversationUpdated: { conversation: { uid: string; last_message_text: string; is_new: boolean; status: number } }
  onError: { code: string; message: string; field?: string }
}

export type TiledeskTokenSource = string | (() => string | null | undefined | Promise<string | null | undefined>)

export interface Tiledesk {
  on<Name extends keyof TiledeskEvents>(
    name: Name,
    handler: (event: CustomEvent<TiledeskEvents[Name]>) => unknown,
  ): void
  on(name: string, handler: (event: CustomEvent) => unknown): void
  getBaseLocation(): string
  open(): void
  close(): void
  show(): void
  hide(): void
  signInWithCustomToken(source: TiledeskTokenSource): Promise<TiledeskUser | undefined>
  signInAnonymous(): Promise<TiledeskUser>
  logout(): Promise<boolean> | undefined
  getAuthNonce(): Promise<string>
  sendMessage(message: TiledeskSending): Promise<void>
  sendMessage(...parts: unknown[]): Promise<void>
  sendSupportMessage(message: TiledeskSending): Promise<void>
  sendSupportMessage(...parts: unknown[]): Promise<void>
  startConversation(text?: string): Promise<void>
  openConversationById(id: string): Promise<void>
  showCallout(): Promise<void>
  setParameter(change: { key: string; value: unknown }): void
  setAttributeParameter(change: { key: string; value: unknown } | Record<string, unknown>): Promise<void>
  setPreChatForm(wanted: boolean): Promise<void>
  setStatePreChatForm(wanted: boolean): Promise<void>
  setPreChatFormJson(fields: TiledeskField[]): void
  getPreChatFormJson(): TiledeskField[] | undefined
  setPrivacyPolicy(): Promise<void>
  reInit(): Promise<void>
  restart(): Promise<void>
  dispose(): Promise<void>
  clearStorage(): Promise<void>
  setUserInfo(...given: unknown[]): Promise<void>
  endMessageRender(...given: unknown[]): Promise<void>
  beforeDepartmentsFormRender?: (departments: { id: string; name: string }[]) => { id: string; name: string }[]
  readonly tiledeskroot: HTMLElement
  readonly angularcomponent: { component: { g: Record<string, unknown> }; ngZone: { run<T>(task: () => T): T } }
}

declare global {
  interface Window {
    tiledesk?: Tiledesk
    tiledeskSettings?: TiledeskSettings
    tileDeskAsyncInit?: () => unknown
    Tiledesk?: (name: string, ...given: unknown[]) => unknown
    initWidget?: () => unknown
  }
}

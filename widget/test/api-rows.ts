/** The interface's names as pages know them, with a value that each setting may have. */
export const settingRows: [name: string, sample: unknown][] = [
  ...['projectid', 'align', 'calloutTitle', 'calloutMsg', 'userFullname', 'userEmail', 'wellcomeTitle', 'wellcomeMsg'],
  ...['welcomeTitle', 'welcomeMsg', 'widgetTitle', 'logoChat', 'lang', 'themeColor', 'themeForegroundColor', 'marginX'],
  ...[
    'marginY',
    'persistence',

    'departmentID',
    'startMessage',
    'privacyField',
    'baloonImage',
    'baloonShape',
    'launcherImage',
    'launcherShape',
  ],
  ...[
    'launcherWidth',
    'launcherHeight',
    'mobileMarginX',
    'mobileMarginY',
    'bubbleSentBackground',
    'bubbleSentTextColor',
  ],
  ...['bubbleReceivedBackground', 'bubbleReceivedTextColor', 'fontSize', 'fontFamily'],
  ...[
    'buttonFontSize',
    'buttonBackgroundColor',
    'buttonTextColor',
    'buttonHoverBackgroundColor',
    'buttonHoverTextColor',
  ],
  ...[
    'showInfoMessage',
    'typingLocation',
    'whatsappNumber',
    'telegramUsername',
    'messangerPageTitle',
    'size',
    'fileUploadAccept',
  ],
  ...['onPageChangeVisibilityDesktop', 'onPageChangeVisibilityMobile'],
].map((name): [string, unknown] => [name, 'some text'])

settingRows.push(
  ...[
    ...['preChatForm', 'hideHeaderCloseButton', 'isOpen', 'open', 'fullscreenMode', 'showWidgetNameInConversation'],
    ...[
      'allowTranscriptDownload',
      'showWaitTime',
      'showAvailableAgents',
      'showLogoutOption',
      'autoStart',
      'startHidden',
    ],
    ...['startFromHome', 'isShown', 'showAllConversations', 'dynamicWaitTimeReply', 'soundEnabled', 'nativeRating'],
    ...['openExternalLinkButton', 'hideHeaderConversation', 'hideHeaderConversationOptionsMenu', 'hideSettings'],
    ...['hideCloseConversationOptionMenu', 'singleConversation', 'restartConversation', 'allowReopen'],
    ...['displayOnDesktop', 'displayOnMobile', 'showEmojiFooterButton'],
    ...['showAttachmentButton', 'showAttachmentFooterButton'],
  ].flatMap((name): [string, unknown][] => [
    [name, true],
    [name, false],
  ]),
  ['calloutTimer', 0],
  ['calloutTimer', 10],
  ['themeColorOpacity', 50],
  ['displayOnPages', ['/shop/*']],
  ['displayNotOnPages', ['/pay']],
  ['poweredBy', 'Halden'],
  ['customAttributes', { plan: 'gold' }],
  ['preChatFormJson', [{ name: 'userFullname', type: 'text' }]],
)

export const methodRows: [name: string, home: 'loader' | 'rare'][] = [
  ...[
    'on',
    'getBaseLocation',
    'open',
    'close',
    'show',
    'hide',
    'signInWithCustomToken',
    'signInAnonymous',
    'logout',
  ].map((name): [string, 'loader'] => [name, 'loader']),
  ...['setParameter', 'setPreChatFormJson', 'getPreChatFormJson'].map((name): [string, 'loader'] => [name, 'loader']),
  ...['sendMessage', 'sendSupportMessage', 'startConversation', 'openConversationById', 'showCallout', 'reInit'].map(
    (name): [string, 'rare'] => [name, 'rare'],
  ),
  ...['setAttributeParameter', 'setPreChatForm', 'setStatePreChatForm', 'setPrivacyPolicy', 'restart', 'dispose'].map(
    (name): [string, 'rare'] => [name, 'rare'],
  ),
  ...['getAuthNonce', 'clearStorage', 'setUserInfo', 'endMessageRender'].map((name): [string, 'rare'] => [
    name,
    'rare',
  ]),
]

export const eventRows = [
  ...['loadParams', 'onLoadParams', 'onBeforeInit', 'onInit', 'isLoggedIn', 'onAuthStateChanged', 'onLoggedIn'],
  ...['onLoggedOut', 'onOpen', 'onClose', 'onOpenEyeCatcher', 'onClosedEyeCatcher', 'onCloseMessagePreview'],
  ...['onNewConversation', 'onNewConversationComponentInit', 'onBeforeDepartmentsFormRender', 'beforeMessageSend'],
  ...['onBeforeMessageSend', 'afterMessageSend', 'onAfterMessageSend', 'onMessageCreated', 'onConversationUpdated'],
  ...['onChangedConversation', 'beforeMessageRender', 'afterMessageRender'],
]

export const idleRows = [
  ...['tenant', 'channelType', 'userId', 'userPassword', 'userToken', 'development', 'isLogEnabled'],
  ...['logLevel', 'filterByRequester', 'isLogoutEnabled'],
  ...['showAudioRecorderFooterButton', 'showAudioStreamFooterButton', 'keyboardSoundVolume', 'keyboardSoundFile'],
  ...['participants', 'fontFamilySource', 'disconnetTime', 'td_draft'],
]

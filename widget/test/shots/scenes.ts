import { paper, picture } from './files.ts'
import { about, idOf, now, type Scene, talk } from './scene.ts'

const one = idOf(1)
const two = idOf(2)
const three = idOf(3)
const four = idOf(4)
const day = 24 * 60

const tea = talk(one, [
  { text: 'Hello, is the Gyokuro from last spring back in stock?', ago: day + 42 },
  { by: 'system', text: 'Grace Hopper joined', ago: day + 40 },
  { by: 'agent', text: 'It came in this morning.', ago: day + 39 },
  { by: 'agent', text: 'You find it at https://halden.example/teas/gyokuro (50 g and 100 g).', ago: day + 38 },
  { text: 'Lovely, then I take two.', ago: 14 },
  { text: 'And can you send them to my office? I am there until six. 🙂', ago: 13 },
  { by: 'agent', name: 'Ada Lovelace', text: 'Of course. Which address?', ago: 4 },
])
const [fresh] = talk(one, [{ by: 'agent', name: 'Ada Lovelace', text: 'Of course. Which address?', ago: 0 }])
const parcel = talk(two, [
  { text: 'Where is my parcel?', ago: 3 * day },
  { by: 'agent', text: 'It left the house on Monday, and should be with you tomorrow.', ago: 3 * day - 3 },
])
const gift = talk(three, [
  { text: 'Do you wrap gifts?', ago: 9 * day },
  { by: 'agent', name: 'Mary Jackson', text: 'We do, in washi paper.', ago: 9 * day - 5 },
])
const older = talk(four, [{ text: 'Thanks for the quick answer!', ago: 40 * day }])

const messages = { [one]: tea, [two]: parcel, [three]: gift, [four]: older }
const closed = [
  about(two, parcel, { state: 'resolved', visitorReadSeq: 2 }),
  about(three, gift, { state: 'resolved', rating: { stars: 5, comment: null, ratedAt: now } }),
  about(four, older, { state: 'resolved' }),
]
const all = [about(one, tea, { lastActivityAt: now - 4 * 60_000 }), ...closed]

const long = talk(
  one,
  Array.from({ length: 400 }, (_, index) => ({
    by: index % 3 ? ('agent' as const) : ('visitor' as const),
    text: `Message number ${index + 1}${index % 7 ? '' : ', which is longer than the others and so takes more than one line of the panel'}`,
    ago: (400 - index) * 4,
  })),
)
const words = talk(one, [
  { text: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3), ago: 9 },
  {
    by: 'agent',
    name: 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff',
    text: `https://x.test/${'a'.repeat(300)}`,
    ago: 8,
  },
])
const arabic = talk(one, [
  { text: 'مرحبًا، هل وصل الشاي الجديد؟', ago: 12 },
  { by: 'agent', name: 'ليلى', text: 'نعم، وصل هذا الصباح. تجده هنا: https://halden.example/tea', ago: 6 },
])
const bot = talk(one, [
  { text: 'I would like to return something', ago: 2 },
  {
    by: 'agent',
    name: 'Helper',
    text: 'What would you like to return?',
    ago: 1,
    attributes: {
      disableInputMessage: true,
      attachment: {
        type: 'template',
        buttons: [
          { type: 'text', value: 'A tea' },
          { type: 'text', value: 'A pot or a cup' },
          { type: 'url', value: 'Read the terms', link: 'https://halden.example/returns', target: 'blank' },
          { type: 'action', value: 'Talk to a person', action: 'agent' },
          { type: 'url', value: 'never shown', link: 'javascript:alert(1)' },
        ],
      },
    },
  },
])
const pot = talk(one, [
  { text: 'The pot arrived like this:', ago: 12, attachments: [picture('IMG_2041.jpg', 4032, 3024)] },
  {
    by: 'agent',
    text: 'Oh no. Here is the form for returns, and how to pack it.',
    ago: 9,
    attachments: [paper('Return of goods, to be printed and signed, 2026.pdf'), picture('packing.jpg', 600, 1800)],
  },
  {
    text: '',
    ago: 3,
    attachments: [
      paper('notes.txt', 'text/plain'),
      picture('lid.jpg', 3024, 4032),
      picture('spout.jpg', 640, 480),
      picture('wide.png', 2400, 300),
    ],
  },
])
const departments = ['Orders', 'Teas and tasting', 'Press'].map((name, index) => ({
  id: idOf(50 + index),
  name,
  legacyId: null,
}))
const form = [
  { type: 'static', value: 'We answer by e-mail, too: https://halden.example/privacy' },
  { name: 'userFullname', type: 'text', mandatory: true, label: 'Name' },
  { name: 'userEmail', type: 'text', mandatory: true, label: { en: 'E-mail', de: 'E-Mail' } },
  {
    name: 'order',
    type: 'text',
    regex: '^[0-9]{5}$',
    label: 'Order number',
    errorLabel: 'Five digits, as on the bill.',
  },
  { name: 'firstMessage', type: 'textarea', rows: 3, mandatory: true, label: 'What can we do for you?' },
  { name: 'news', type: 'checkbox', label: 'Send me news of the harvest' },
]

export const scenes = {
  empty: {},
  home: { conversations: closed, messages },
  some: { conversations: all, messages },
  unread: {
    conversations: [about(one, tea.slice(0, -1)), ...closed],
    messages,
    arriving: fresh,
  },
  many: {
    conversations: Array.from({ length: 24 }, (_, index) => {
      const said = talk(idOf(200 + index), [{ text: `Question number ${index + 1}`, ago: (index + 2) * 700 }])
      return about(idOf(200 + index), said, { state: 'resolved' })
    }),
  },
  files: { conversations: [about(one, pot)], messages: { [one]: pot } },
  filesArabic: { locale: 'ar', settings: { lang: 'ar' }, conversations: [about(one, pot)], messages: { [one]: pot } },
  away: {
    project: {
      agents: [],
      hours: {
        open: false,
        opensAt: now + 21 * 3_600_000,
        message: 'We are asleep. Write to us all the same: we answer tomorrow morning.',
      },
    },
  },
  long: { conversations: [about(one, long)], messages: { [one]: long } },
  words: { conversations: [about(one, words)], messages: { [one]: words } },
  arabic: {
    locale: 'ar',
    settings: { lang: 'ar' },
    conversations: [about(one, arabic), ...closed],
    messages: { ...messages, [one]: arabic },
  },
  bot: { conversations: [about(one, bot)], messages: { [one]: bot } },
  failing: { conversations: [about(one, tea)], messages, refuses: /refuse/ },
  silent: { conversations: [about(one, tea)], messages: {}, isSilent: true },
  departments: { project: { departments } },
  form: { settings: { preChatForm: true, preChatFormJson: form, privacyField: 'I agree that my data are kept.' } },
  simpleForm: { settings: { preChatForm: true } },
  yellow: { settings: { themeColor: '#ffd400' }, conversations: all, messages },
  reopen: {
    settings: { allowReopen: true, allowTranscriptDownload: true, singleConversation: true },
    conversations: closed.slice(0, 1),
    messages,
  },
  revoked: {
    who: { state: 'out', reason: { code: 'secret_revoked', message: '' } },
  },
  verified: {
    who: {
      state: 'verified',
      session: 'session-1',
      expiresAt: now * 2,
      visitor: { id: idOf(8), externalId: 'c-1', name: 'Maya', email: null, verified: true },
      carryOver: { conversations: 1 },
    },
    conversations: all,
    messages,
  },
  looks: {
    settings: {
      bubbleSentBackground: '#123c2f',
      bubbleSentTextColor: '#ffffff',
      bubbleReceivedBackground: '#e4efe9',
      bubbleReceivedTextColor: '#123c2f',
      fontFamily: 'Georgia',
      fontSize: '16px',
      size: 'max',
      themeColor: '#123c2f',
    },
    conversations: all,
    messages,
  },
  callout: { settings: { calloutTimer: 0, calloutTitle: '🫖 A question?', calloutMsg: 'We know our teas. Ask us.' } },
} satisfies Record<string, Scene>

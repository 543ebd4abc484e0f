/** What the project says of the widget; a page's own settings win over it. Names as pages know them from Tiledesk. */
import Type, { type Static, type TSchema } from 'typebox'
import { described } from './record-parts.ts'

const closed = { additionalProperties: false }

/** Pages load it in their visitors' browsers: never over plain http. */
const SafeUrl = Type.String({ maxLength: 500, pattern: '^https://[^\\s\\0]+$' })
const Title = Type.String({ maxLength: 120 })
const Sentence = Type.String({ maxLength: 400 })

/** One text, or one for each language. */
const FormText = Type.Union([Sentence, Type.Record(Type.String({ pattern: '^[a-z]{2}(-[A-Za-z]{2,4})?$' }), Sentence)])

/** A field to fill in. `userFullname`, `userEmail` and `firstMessage` are names with a meaning. */
const FormInput = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,59}$' }),
    type: Type.Enum(['text', 'textarea', 'checkbox']),
    label: FormText,
    mandatory: Type.Optional(Type.Boolean()),
    regex: described(
      Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
      'What an answer must match; it compiles with the flag `u`',
    ),
    errorLabel: Type.Optional(FormText),
    rows: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
  },
  closed,
)

const FormLine = Type.Object(
  { name: Type.Optional(Type.String({ maxLength: 60 })), type: Type.Literal('static'), value: FormText },
  closed,
)

export const FormField = Type.Union([FormInput, FormLine])
export type FormField = Static<typeof FormField>

/** From the site's root, or an address; `*` stands for anything. */
const Pages = Type.Array(Type.String({ maxLength: 500, pattern: '^(/|https?://|\\*)[^\\s\\0]*$' }), { maxItems: 50 })

/** Names of the widget's own texts, or of a group of them. */
const textName = '^[A-Za-z][A-Za-z_]{0,39}$'
const Word = Type.String({ minLength: 1, maxLength: 500 })
const groupOf = <Text extends TSchema>(text: Text) =>
  Type.Record(Type.String({ pattern: textName }), text, { ...closed, maxProperties: 200 })

/** As on pages: by name in every language, and under a language's two letters in that one. */
const OwnTexts = groupOf(Type.Union([Word, groupOf(Type.Union([Word, groupOf(Word)]))]))
export type OwnTexts = Static<typeof OwnTexts>

const Visibility = Type.Enum(['open', 'close', 'last'])

export const WidgetSettings = Type.Partial(
  Type.Object(
    {
      themeColor: Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }),
      align: Type.Enum(['left', 'right']),
      widgetTitle: Title,
      welcomeTitle: Title,
      welcomeMsg: Sentence,
      logoChat: SafeUrl,
      launcherImage: SafeUrl,
      launcherShape: Type.Enum(['round', 'rounded', 'square']),
      calloutTimer: described(
        Type.Integer({ minimum: -1, maximum: 86_400 }),
        'Seconds until the callout shows: 0 at once, -1 never',
      ),
      calloutTitle: Title,
      calloutMsg: Sentence,
      poweredBy: Sentence,
      texts: OwnTexts,
      preChatForm: Type.Boolean(),
      preChatFormJson: Type.Array(FormField, { maxItems: 20 }),
      soundEnabled: Type.Boolean(),
      showAvailableAgents: Type.Boolean(),
      showWaitTime: Type.Boolean(),
      nativeRating: Type.Boolean(),
      allowReopen: Type.Boolean(),
      singleConversation: Type.Boolean(),
      onPageChangeVisibilityDesktop: Visibility,
      onPageChangeVisibilityMobile: Visibility,
      displayOnDesktop: Type.Boolean(),
      displayOnMobile: Type.Boolean(),
      displayOnPages: Pages,
      displayNotOnPages: Pages,
    },
    closed,
  ),
  closed,
)
export type WidgetSettings = Static<typeof WidgetSettings>

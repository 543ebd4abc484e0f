/** The widget's settings as a form holds them: texts, where empty means that the project says nothing. Pure. */
import type { FormField, WidgetSettings } from '../../../../protocol/widget-settings.ts'
import { type OwnWord, ownTextsFrom, ownWordsFrom } from './own-words.ts'
import { pagesIn } from './page-lines.ts'

/** What the widget takes while the project says nothing; on a desktop that differs with the version of its script. */
export const standard = {
  themeColor: '#2a6ac1',
  align: 'right',
  launcherShape: 'round',
  onPageChange: { desktop: 'unsaid', mobile: 'close' },
} as const

export const texts = [
  'widgetTitle',
  'welcomeTitle',
  'welcomeMsg',
  'logoChat',
  'launcherImage',
  'calloutTitle',
  'calloutMsg',
  'poweredBy',
] as const
/** Each with what holds while nothing is said; a test compares them with the widget's own. */
export const switches = {
  soundEnabled: true,
  showAvailableAgents: true,
  showWaitTime: true,
  nativeRating: true,
  allowReopen: true,
  singleConversation: false,
  displayOnDesktop: true,
  displayOnMobile: true,
  preChatForm: false,
} as const

export type TextName = (typeof texts)[number]
export type SwitchName = keyof typeof switches
type Visibility = NonNullable<WidgetSettings['onPageChangeVisibilityDesktop']>

export interface Draft {
  themeColor: string
  align: 'left' | 'right'
  launcherShape: NonNullable<WidgetSettings['launcherShape']>
  text: Record<TextName, string>
  on: Record<SwitchName, boolean>
  /** Seconds; empty: never. */
  calloutTimer: string
  onPageChange: { desktop: Visibility | 'unsaid'; mobile: Visibility }
  /** A page a line. */
  displayOnPages: string
  displayNotOnPages: string
  words: readonly OwnWord[]
  /** As JSON; empty: name and e-mail. */
  form: string
}

export function draftFrom(settings: WidgetSettings): Draft {
  const { themeColor = standard.themeColor, align = standard.align } = settings
  const { launcherShape = standard.launcherShape, calloutTimer = -1, preChatFormJson } = settings
  return {
    themeColor,
    align,
    launcherShape,
    text: mapped(texts, (name) => settings[name] ?? ''),
    on: mapped(switchNames, (name) => settings[name] ?? switches[name]),
    calloutTimer: calloutTimer < 0 ? '' : String(calloutTimer),
    onPageChange: {
      desktop: settings.onPageChangeVisibilityDesktop ?? standard.onPageChange.desktop,
      mobile: settings.onPageChangeVisibilityMobile ?? standard.onPageChange.mobile,
    },
    displayOnPages: (settings.displayOnPages ?? []).join('\n'),
    displayNotOnPages: (settings.displayNotOnPages ?? []).join('\n'),
    words: ownWordsFrom(settings.texts ?? {}),
    form: preChatFormJson ? JSON.stringify(preChatFormJson, null, 2) : '',
  }
}

/** Only what is said: the rest stays free to change with a later widget. */
export function settingsFrom(draft: Draft, form: FormField[] | undefined): WidgetSettings {
  const { desktop, mobile } = draft.onPageChange
  const settings: WidgetSettings = { themeColor: draft.themeColor }
  if (draft.align !== standard.align) settings.align = draft.align
  if (draft.launcherShape !== standard.launcherShape) settings.launcherShape = draft.launcherShape
  for (const name of texts) if (draft.text[name].trim() !== '') settings[name] = draft.text[name].trim()
  for (const name of switchNames) if (draft.on[name] !== switches[name]) settings[name] = draft.on[name]
  if (draft.calloutTimer !== '') settings.calloutTimer = Number(draft.calloutTimer)
  if (desktop !== 'unsaid') settings.onPageChangeVisibilityDesktop = desktop
  if (mobile !== standard.onPageChange.mobile) settings.onPageChangeVisibilityMobile = mobile
  for (const name of ['displayOnPages', 'displayNotOnPages'] as const) {
    const pages = pagesIn(draft[name], name)
    if (pages) settings[name] = pages
  }
  const own = ownTextsFrom(draft.words)
  if (own) settings.texts = own
  if (form) settings.preChatFormJson = form
  return settings
}

/** The fields of a form, if the text is a list of objects; the server looks at each. */
export function fieldsIn(text: string): FormField[] | undefined | 'no list' {
  if (text.trim() === '') return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return isFields(parsed) ? parsed : 'no list'
  } catch {
    return 'no list'
  }
}

const isFields = (value: unknown): value is FormField[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null && 'type' in each)

const switchNames = Object.keys(switches).filter((name): name is SwitchName => Object.hasOwn(switches, name))

function mapped<N extends string, V>(names: readonly N[], value: (name: N) => V): Record<N, V> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<N, V>
}

import type { Project } from '../server.ts'
import type { Settings } from '../settings.ts'
import type { Texts } from '../texts/en.ts'
import { localeOf } from './groups.ts'

type Wishes = Pick<Settings, 'lang' | 'dynamicWaitTimeReply'>

/** How soon somebody answers: when the team is back, what it took lately, or what can be promised. */
export function paceOf(
  { hours, agents, replySeconds }: Project,
  texts: Texts,
  { lang, dynamicWaitTimeReply }: Wishes,
): string {
  const locale = localeOf(lang)
  if (!hours.open && hours.opensAt) return texts.backAt(momentOf(hours.opensAt, locale))
  if (!hours.open || !dynamicWaitTimeReply) return texts.later
  if (replySeconds && replySeconds > 300) return texts.pace(durationOf(replySeconds, locale))
  return agents.length ? texts.soon : texts.later
}

function momentOf(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', hour: '2-digit', minute: '2-digit' }).format(at)
}

/** Rounded up, because nobody is angry about an answer that comes early. */
export function durationOf(seconds: number, locale: string): string {
  const minutes = Math.ceil(seconds / 300) * 5
  const [value, unit] = minutes < 60 ? [minutes, 'minute'] : hoursOrDays(Math.ceil(minutes / 60))
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}

function hoursOrDays(hours: number): [number, 'hour' | 'day'] {
  return hours < 24 ? [hours, 'hour'] : [Math.ceil(hours / 24), 'day']
}

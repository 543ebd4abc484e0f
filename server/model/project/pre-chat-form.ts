import type { WidgetSettings } from '../../../protocol/widget-settings.ts'
import { Refused } from '../refused.ts'

/** The settings, if every field of their form can be asked: a visitor must not be the first who finds out. */
export function requireForm(settings: WidgetSettings): WidgetSettings {
  const fields = (settings.preChatFormJson ?? []).filter((field) => field.type !== 'static')
  const names = new Set(fields.map((field) => field.name))
  const works = names.size === fields.length && fields.every(({ regex }) => regex === undefined || isPattern(regex))
  if (!works) throw new Refused('form_invalid', { field: 'widget.preChatFormJson' })
  return settings
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u')
    return true
  } catch {
    return false
  }
}

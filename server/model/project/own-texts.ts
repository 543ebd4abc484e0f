import { maxOwnTextsBytes } from '../../../protocol/limits.ts'
import type { WidgetSettings } from '../../../protocol/widget-settings.ts'
import { Refused } from '../refused.ts'

/** The settings, if their texts are few enough for every page to fetch. */
export function requireFewTexts(settings: WidgetSettings): WidgetSettings {
  if (Buffer.byteLength(JSON.stringify(settings.texts ?? {})) > maxOwnTextsBytes)
    throw new Refused('invalid_request', { field: 'widget.texts' })
  return settings
}

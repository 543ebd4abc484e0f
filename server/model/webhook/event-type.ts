import type { WebhookEvent } from '../../../protocol/endpoints/webhooks.ts'

/** Each event's bit; a bit once given stays that event's. */
const bits: Record<WebhookEvent, number> = {
  'conversation.opened': 1,
  'conversation.assigned': 2,
  'conversation.resolved': 4,
  'message.added': 8,
  'visitor.verified': 16,
  'key.rotated': 32,
}

export const isWanted = (wanted: number, type: WebhookEvent): boolean => (wanted & bits[type]) !== 0

export const maskOf = (types: readonly WebhookEvent[]): number => types.reduce((mask, type) => mask | bits[type], 0)

export const typesIn = (mask: number): WebhookEvent[] =>
  (Object.keys(bits) as WebhookEvent[]).filter((type) => isWanted(mask, type))

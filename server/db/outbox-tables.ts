/** The tables of what leaves the house; see schema.ts. */

export interface WebhookTable {
  id: string
  project_id: string
  url: string
  /** Which events it wants, as bits (model/webhook/event-type.ts). */
  events: number
  enabled: number
  sealed: string
  last4: string
  /** The secret before this one, and until when it signs, too. */
  previous_sealed: string | null
  previous_until: number | null
  /** Since when every delivery has failed, and how the latest did; null while they arrive. */
  failing_since: number | null
  failure: string | null
  /** Until then nothing is sent: its receiver has asked for that. */
  held_until: number | null
  created_by: string | null
  created_at: number
}

/** One thing on its way to one receiver; written in the transaction of what it tells of. */
export interface OutboxTable {
  id: string
  /** Whom it goes to: a webhook's id, or `mail`. */
  target: string
  webhook_id: string | null
  project_id: string | null
  type: string
  visitor_id: string | null
  /** What must arrive in order, by `position`; null: it waits for nothing. */
  lane: string | null
  position: number
  /** The very bytes of a webhook; empty for a mail. */
  body: string
  /** A mail, until it is sent; empty otherwise. */
  sealed: string
  state: 'waiting' | 'delivered' | 'given_up'
  attempts: number
  due_at: number
  /** Until then the node that has claimed it is taken to be at it. */
  claimed_until: number
  expires_at: number
  tried_at: number | null
  status: number | null
  failure: string | null
  created_at: number
  finished_at: number | null
}

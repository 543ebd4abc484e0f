import type { OutboxEntry } from '../../client/outbox-entry.ts'

/**
 * A refused message without what keeps it from being sent: files that never arrived, or all of them where the server
 * knows one no more and does not say which. Undefined where that would change nothing, or leave nothing to send.
 */
export function withoutFiles(entry: OutboxEntry): OutboxEntry | undefined {
  if (entry.state !== 'failed') return undefined
  const { failure, attachments = [], ...rest } = entry
  const kept = failure.code === 'attachment_not_found' ? [] : attachments.filter(({ id }) => id !== null)
  if (kept.length === attachments.length || (kept.length === 0 && rest.text === '')) return undefined
  return { ...rest, state: 'pending', ...(kept.length > 0 && { attachments: kept }) }
}

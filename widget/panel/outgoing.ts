import type { OutboxEntry } from '../../client/outbox-entry.ts'
import { maxAttributesBytes } from '../../protocol/limits.ts'
import type { Attributes } from '../../protocol/records.ts'
import type { Core } from '../core.ts'
import { asPageMessage } from '../page-shapes.ts'

/** The version that agents see beside a message: of the widget's interface, not of the installation. */
const widgetVersion = '1'

/** What a page's handler may look at before a message goes, and what it may change: members of `attributes`. */
export function beforeSending(
  core: Core,
  text: string,
  conversationId: string | null,
  more?: Attributes,
  isQuiet?: boolean,
): Attributes {
  const { settings, events } = core
  const attributes: Attributes = { ...ownAttributes(core), ...more }
  const message = asBoth({
    senderFullname: settings.userFullname,
    text,
    type: 'text',
    metadata: '',
    conversationWith: conversationId ?? '',
    recipientFullname: '',
    attributes,
    projectid: settings.projectid,
    channelType: 'group',
  })
  // What the page itself sends is no news to it.
  if (!isQuiet) events.dispatch('onBeforeMessageSend', message)
  return cutToFit(attributes)
}

/** The message as it is handed over: not stored yet, so without an id, and with a status that says so. */
export function afterSending({ settings, events }: Core, entry: OutboxEntry): void {
  const { clientId, text, attributes = {}, createdAt } = entry
  const conversationId = entry.conversationId ?? ''
  const author = { kind: 'visitor' as const, id: null, name: settings.userFullname }
  const unsent = { id: '', clientId, conversationId, author, text, attributes, attachments: [], createdAt }
  const message = asPageMessage({ ...unsent, seq: null, verification: null, kind: 'text' }, settings)
  events.dispatch('onAfterMessageSend', asBoth({ ...message, status: 0 }))
}

/** Half of all pages look for the message in `detail`, the other half in `detail.message`. */
function asBoth<T extends object>(message: T): T {
  return Object.defineProperty(message, 'message', { value: message })
}

function ownAttributes({ settings }: Core): Attributes {
  const { userFullname, userEmail, customAttributes, attributes } = settings
  return {
    client: navigator.userAgent,
    sourcePage: location.href,
    sourceTitle: document.title,
    lang: settings.lang,
    widgetVer: widgetVersion,
    ...(Object.keys(customAttributes)[0] && { payload: customAttributes }),
    ...(userFullname && { userFullname }),
    ...(userEmail && { userEmail }),
    ...attributes,
  }
}

const cuttable = ['sourcePage', 'client', 'sourceTitle', 'userFullname', 'userEmail']

/** Cuts what the widget itself added, longest first, until it fits (DL7); what the page added is the page's. */
export function cutToFit(attributes: Attributes, limit = maxAttributesBytes): Attributes {
  const cut = { ...attributes }
  for (;;) {
    const over = bytesOf(cut) - limit
    const longest = cuttable
      .filter((name) => textOf(cut[name]))
      .sort((a, b) => textOf(cut[b]).length - textOf(cut[a]).length)[0]
    if (over <= 0 || !longest) return cut
    const kept = textOf(cut[longest]).slice(0, -Math.ceil(over / 6))
    // A cut through a surrogate pair costs more bytes than the whole pair, so the next round takes it away.
    if (kept) cut[longest] = kept
    else delete cut[longest]
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}

/** What bots put under their messages to be pressed. */
export type QuickReply =
  | { type: 'text'; value: string }
  | { type: 'url'; value: string; href: string; target: '_blank' | '_self' }
  | { type: 'action'; value: string; action: string; isShown: boolean }

const most = 20

/** The buttons of a message; whatever makes no sense is left out. */
export function quickRepliesOf({ attachment }: Record<string, unknown>): QuickReply[] {
  const buttons: unknown = Object(attachment).buttons
  return Array.isArray(buttons) ? buttons.slice(0, most).flatMap(read) : []
}

function read(given: unknown): QuickReply[] {
  const { type, value, link, target, action, show_echo: echo }: Record<string, unknown> = Object(given)
  if (typeof value !== 'string' || !value.trim()) return []
  if (type === 'text') return [{ type, value }]
  if (type === 'url' && typeof link === 'string' && isSafe(link.trim())) {
    return [{ type, value, href: link.trim(), target: target === 'parent' || target === 'self' ? '_self' : '_blank' }]
  }
  if (type === 'action' && typeof action === 'string') return [{ type, value, action, isShown: echo !== false }]
  return []
}

/** Whoever writes it, it never runs. */
function isSafe(link: string): boolean {
  return /^(https?|mailto|tel):/i.test(link) && URL.canParse(link)
}

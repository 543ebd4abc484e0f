/** Mails as they are written: a subject, a few paragraphs, one link; as text and as plain HTML, the same words in both. */

export interface Wording {
  subject: string
  /** Plain text; what people typed among it stays text. */
  paragraphs: readonly string[]
  link: { text: string; url: string }
  /** Small, at the end. */
  footer?: { text: string; url: string } | undefined
}

const longestSubject = 150

export function written({ subject, paragraphs, link, footer }: Wording): {
  subject: string
  text: string
  html: string
} {
  const last = footer ? [`${footer.text}: ${footer.url}`] : []
  return {
    subject: oneLine(subject).slice(0, longestSubject),
    text: `${[...paragraphs, `${link.text}: ${link.url}`, ...last].join('\n\n')}\n`,
    html: page([
      ...paragraphs.map((paragraph) => `<p dir="auto" style="white-space:pre-line">${escaped(paragraph)}</p>`),
      `<p><a href="${escaped(link.url)}">${escaped(link.text)}</a></p>`,
      ...(footer ? [`<p><small><a href="${escaped(footer.url)}">${escaped(footer.text)}</a></small></p>`] : []),
    ]),
  }
}

/** In a header a line break would begin another one. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

/** One address that can be written to, and nothing that a mail server could take for two. */
export const isMailable = (email: string): boolean =>
  /^[^\s@,;:<>()[\]\\"\p{C}]+@[^\s@,;:<>()[\]\\"\p{C}]+$/u.test(email)

function page(blocks: readonly string[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"></head>
<body style="max-width:560px;margin:0 auto;padding:16px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere">
${blocks.join('\n')}
</body></html>
`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

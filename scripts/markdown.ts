/** The little of Markdown that docs/ uses, as HTML: headings, paragraphs, lists, code, bold, italic. */
export function renderMarkdown(text: string): string {
  // What stands between fences may have empty lines of its own.
  return text
    .split(/^(```[\s\S]*?^```)$/m)
    .flatMap((part) => (part.startsWith('```') ? [renderFence(part)] : part.split(/\n{2,}/).map(renderBlock)))
    .filter((html) => html !== '')
    .join('\n')
}

function renderFence(part: string): string {
  const lines = part.split('\n').slice(1, -1)
  return `<pre><code>${escaped(lines.join('\n'))}</code></pre>`
}

function renderBlock(block: string): string {
  const text = block.trim()
  const heading = /^(#{1,3}) (.+)$/.exec(text)
  if (heading?.[1] && heading[2]) return renderHeading(heading[1].length, heading[2])
  if (text.startsWith('- '))
    return `<ul>\n${text
      .split(/\n(?=- )/)
      .map(renderItem)
      .join('\n')}\n</ul>`
  return text && `<p>${renderWords(text)}</p>`
}

/** A code's section is found by the code. */
function renderHeading(level: number, title: string): string {
  const anchor = title
    .toLowerCase()
    .replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '')
  return `<h${level} id="${anchor}">${renderWords(title)}</h${level}>`
}

function renderItem(item: string): string {
  return `<li>${renderWords(item.slice(2))}</li>`
}

function renderWords(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith('`') ? `<code>${escaped(part.slice(1, -1))}</code>` : renderEmphasis(part)))
    .join('')
}

function renderEmphasis(text: string): string {
  return escaped(text)
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

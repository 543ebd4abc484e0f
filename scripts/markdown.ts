/** The little of Markdown that docs/ uses, as HTML: headings, paragraphs, lists, tables, links, code, bold, italic. */
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
  if (/^\|.*\n\|[-| ]+$/m.test(text)) return renderTable(text)
  return text && `<p>${renderWords(text)}</p>`
}

function renderTable(text: string): string {
  const [head = '', , ...rows] = text.split('\n')
  return `<table>\n${[renderRow(head, 'th'), ...rows.map((row) => renderRow(row, 'td'))].join('\n')}\n</table>`
}

/** A bar inside of code is written \\|, as everywhere. */
function renderRow(row: string, tag: 'th' | 'td'): string {
  const cells = row
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
  const html = cells.map((cell) => `<${tag}>${renderWords(cell.trim().replaceAll('\\|', '|'))}</${tag}>`)
  return `<tr>${html.join('')}</tr>`
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
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, words: string, to: string) => `<a href="${addressOf(to)}">${words}</a>`)
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
}

/** Files of docs/ name each other with their ending, which their pages do not have. */
function addressOf(to: string): string {
  return to.replace(/^([a-z-]+)\.md(?=#|$)/, '/docs/$1').replaceAll('"', '%22')
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

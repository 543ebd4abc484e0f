import { expect, test } from 'vitest'
import { renderMarkdown } from '../markdown.ts'

test('a section is found by its code', () => {
  expect(renderMarkdown('## token_expired\n\nIt *has* **expired**.')).toBe(
    '<h2 id="token_expired">token_expired</h2>\n<p>It <em>has</em> <strong>expired</strong>.</p>',
  )
})

test('code stays as it is, with its empty lines, and is never markup', () => {
  expect(renderMarkdown('```js\na <b>\n\n- `c`\n```')).toBe('<pre><code>a &lt;b&gt;\n\n- `c`</code></pre>')
  expect(renderMarkdown('Use `<a *b*>`.')).toBe('<p>Use <code>&lt;a *b*&gt;</code>.</p>')
})

test('a list has items of several lines', () => {
  expect(renderMarkdown('- one\n  more\n- two')).toBe('<ul>\n<li>one\n  more</li>\n<li>two</li>\n</ul>')
})

test('a link leads to another page, or away', () => {
  expect(renderMarkdown('See [the **API**](widget-api.md#events).')).toBe(
    '<p>See <a href="/docs/widget-api#events">the <strong>API</strong></a>.</p>',
  )
  expect(renderMarkdown('[Out](https://a.example/b.md)')).toBe('<p><a href="https://a.example/b.md">Out</a></p>')
})

test('a table has a head, and bars in its cells', () => {
  expect(renderMarkdown('| one | two |\n|---|---|\n| `a \\| b` | *c* |')).toBe(
    '<table>\n<tr><th>one</th><th>two</th></tr>\n<tr><td><code>a | b</code></td><td><em>c</em></td></tr>\n</table>',
  )
})

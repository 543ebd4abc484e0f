import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderMarkdown } from '../markdown.ts'
import { root } from '../sources.ts'
import { widgetTexts, widgetTextsOf } from '../widget-texts.ts'

const pages = new Map(
  globSync('docs/*.md', { cwd: root }).map((path) => [
    path.replace(/^docs\/|\.md$/g, ''),
    renderMarkdown(readFileSync(join(root, path), 'utf8')),
  ]),
)
pages.set('widget-texts', renderMarkdown(widgetTexts()))

test('every link of the docs leads to a page and a section that are there', () => {
  const links = [...pages].flatMap(([from, html]) =>
    [...html.matchAll(/href="\/docs\/([^"#]*)(?:#([^"]*))?"/g)].map(([, to = '', section]) => ({ from, to, section })),
  )
  expect(links.length).toBeGreaterThan(10)
  const dead = links.filter(({ to, section }) => {
    const page = pages.get(to)
    return page === undefined || (section !== undefined && !page.includes(` id="${section}"`))
  })
  expect(dead).toEqual([])
})

test('[WG5] the page of the widget’s words has each of them, and where something is put in', () => {
  const page = widgetTexts()
  for (const row of ['| `write` | Write a message… |', '| `typing` | {name} is typing… |', '| `lines.CHAT_CLOSED` |'])
    expect(page).toContain(row)
})

test('[WG5] whoever has own words for the widget finds each of its texts, in each of its languages', async () => {
  const texts = await widgetTextsOf(['ar', 'de', 'en', 'es', 'fr', 'it', 'pt'])
  for (const [language, named] of Object.entries(texts))
    expect([language, Object.keys(named)]).toEqual([language, Object.keys(texts.en ?? {})])
  expect(texts.en).toMatchObject({ 'because.banned': expect.any(String), typing: '{name} is typing…' })
})

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderMarkdown } from '../markdown.ts'
import { root } from '../sources.ts'

const pages = new Map(
  globSync('docs/*.md', { cwd: root }).map((path) => [
    path.replace(/^docs\/|\.md$/g, ''),
    renderMarkdown(readFileSync(join(root, path), 'utf8')),
  ]),
)

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

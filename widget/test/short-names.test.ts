import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root, sources } from '../../scripts/sources.ts'
import { shortNames } from '../short-names.ts'

const names = Object.keys(shortNames)

const comment = /\/\*.*?\*\/|\/\/[^\n]*/gs
const quoted = /'[^'\n]*'/g

/** Those names that stand in this code, outside of comments and sentences. */
function knownIn(code: string): string[] {
  const withoutSentences = code.replace(comment, '').replace(quoted, (text) => (text.includes(' ') ? '' : text))
  const words = new Set(withoutSentences.match(/\w+/g))
  return names.filter((name) => words.has(name))
}

function read(pattern: string): string {
  const files = globSync(pattern, { cwd: root }).filter((path) => !path.includes('/test/'))
  expect(files).not.toEqual([])
  return files.map((path) => readFileSync(join(root, path), 'utf8')).join('\n')
}

test('each short name is given once, and is nobody else’s', () => {
  const short = Object.values(shortNames)
  expect(new Set(short).size).toBe(names.length)
  for (const name of short) expect(name).toMatch(/^[_a-z]\w*_$/)
})

test('no name of the wire is shortened', () => {
  const described = /`(?:[^`\\]|\\.)*`/gs
  expect(knownIn(read('protocol/**/*.ts').replace(described, ''))).toEqual([])
})

test('no name of the language or of the DOM is shortened', () => {
  expect(knownIn(read('node_modules/@typescript/*/lib/lib.{dom,es5,es20*}*.d.ts'))).toEqual([])
})

/** A tag's attributes are properties of an object by the time of the build, which cannot tell them from ours. */
test('no attribute or handler of a tag is shortened', () => {
  const named = /^\s+(?:'[^']+'|\w+)\??:/gm
  const attributes = read('node_modules/preact/src/{jsx,dom}.d.ts').match(named) ?? []
  expect(attributes.join()).toContain('onChange')
  expect(knownIn(attributes.join('\n'))).toEqual([])
})

test('no name that pages see or the browser keeps is shortened', () => {
  const tables = ['late-settings', 'more-settings', 'dress-settings', 'page-api/looks']
  const files = [...tables, 'settings', 'announce', 'page-shapes', 'panel/outgoing', 'who', 'report']
  const code = files.map((file) => read(`widget/${file}.ts`)).join('\n')
  // How they tell the page is nothing that it sees.
  expect(knownIn(code.replace(/^import .*|events\.dispatch/gm, ''))).toEqual([])
  expect(knownIn(read('client/outbox-entry.ts'))).toEqual([])
  expect(knownIn(read('widget/texts/{en,more-en,beside}.ts'))).toEqual([])
})

test('no name that is written as text, and so may be looked up by it, is shortened', () => {
  const texts = sources()
    .filter(({ path }) => /^(widget|client)\//.test(path) && !/\/(test|texts)\/|short-names|vite\.config/.test(path))
    .flatMap(
      ({ text }) =>
        text
          .replace(comment, '')
          .replace(/Pick<[^>]*>/g, '')
          .match(/'[^'\n]*'|"[^"\n]*"/g) ?? [],
    )
    .filter((text) => !/^'\.{1,2}\//.test(text))
  expect(knownIn(texts.join('\n'))).toEqual([])
})

test('no export of a module that is fetched later is shortened: its name is looked up on the module', () => {
  const all = sources().filter(({ path }) => /^(widget|client)\//.test(path) && !/\/test\//.test(path))
  const fetched = all.flatMap(({ path, text }) =>
    [...text.matchAll(/import\('(\.[^']+)'\)/g)].map(([, file = '']) => join(dirname(path), file)),
  )
  const entries = ['widget/panel/panel.tsx', 'widget/live.ts', 'widget/page-api/page-api.ts']
  const exports = all
    .filter(({ path }) => [...fetched, ...entries].includes(path))
    .flatMap(({ text }) => [
      ...[...text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(([, name]) => name),
      ...[...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) => list?.match(/\w+/g) ?? []),
    ])
  expect(exports).toEqual(expect.arrayContaining(['mount', 'createLive', 'createPageApi', 'lineOf']))
  expect(names.filter((name) => exports.includes(name))).toEqual([])
})

import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../sources.ts'

const documents = ['ARCHITECTURE.md', 'STYLE.md', 'SPEC.md', 'README.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/*.md']
/** Made here, and not written by anybody. */
const made = ['node_modules', 'dist', 'data', 'coverage']
const ours = globSync('**', { cwd: root, exclude: made.map((name) => `**/${name}/**`) }).map((path) => `/${path}`)
const folders = foldersIn('.')

test('each path that the documents name is there', () => {
  const named = documents.flatMap((pattern) => globSync(pattern, { cwd: root })).flatMap(pathsIn)
  expect(named.length).toBeGreaterThan(60)
  expect(named.filter(({ path }) => !isThere(path))).toEqual([])
})

test('the map has each folder at the top, of the server and of the model', () => {
  const map = /```([\s\S]*?)```/.exec(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'))?.[1] ?? ''
  const onMap = (folder: string) => new RegExp(`(^|[\\s(])${folder}/`, 'm').test(map)
  const there = [...folders, ...foldersIn('server'), ...foldersIn('server/model')]
  expect(there.length).toBeGreaterThan(30)
  expect(there.filter((folder) => !onMap(folder))).toEqual([])
})

test.each([
  ['server/model/access.ts', true],
  ['access.ts', true],
  ['server/http/endpoints/', true],
  ['server/model/{access,change}.ts', true],
  ['server/model/vanished.ts', false],
  ['model/cess.ts', false],
])('knows whether %s is there', (path, there) => {
  expect(isThere(path)).toBe(there)
})

/** Between backquotes: what ends like a source of ours, and what begins with one of our folders. */
function pathsIn(document: string): { document: string; path: string }[] {
  const text = readFileSync(join(root, document), 'utf8').replace(/```[\s\S]*?```/g, '')
  return [...text.matchAll(/`([\w.*{},/-]+)`/g)].flatMap(([, path = '']) => {
    const starts = path.includes('/') && folders.includes(path.split('/')[0] ?? '')
    return starts || /^[\w*]\S*\.(ts|tsx)$/.test(path) ? [{ document, path }] : []
  })
}

/** Without tests, which mirror the rest. */
function foldersIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => ![...made, 'test'].includes(name))
}

/** The documents name a file by its whole path, or by as much of its end as says which. */
function isThere(path: string): boolean {
  const pattern = `**/${path.replace(/\/$/, '')}`
  return ours.some((one) => matchesGlob(one, pattern))
}

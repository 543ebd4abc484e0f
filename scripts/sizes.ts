/** What a visitor or an agent has to download, and how long a file of ours may be. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isTest, type Source } from './sources.ts'

/** A kilobyte has 1,000 bytes here, as in what networks sell. */
export interface Measure {
  what: string
  bytes: number
  limit: number
}

const languageChunk = /^[a-z]{2}-.{8}\.js$/
const languageOfMore = /^more-[a-z]{2}-.{8}\.js$/

export function widgetSizes(folder: string): Measure[] {
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const bytesOf = (names: string[]) => names.map((name) => gzipped(join(folder, name)))
  const like = (wanted: RegExp) => scripts.filter((name) => wanted.test(name))
  const largest = (wanted: RegExp) => Math.max(0, ...bytesOf(like(wanted)))
  const loader = largest(/^tiledesk\.js$/)
  const opened = withImports(folder, like(/^(live|panel)-/))
  const chat = bytesOf(opened).reduce(sum, loader) + largest(languageChunk)
  const apart = [...opened, ...like(languageChunk), ...like(languageOfMore), 'tiledesk.js']
  const rest = bytesOf(scripts.filter((name) => !apart.includes(name))).reduce(sum, 0)
  return [
    { what: 'widget before intent', bytes: loader, limit: 8_000 },
    { what: 'widget open, with its largest language', bytes: chat, limit: 30_000 },
    { what: 'widget with every screen', bytes: chat + rest + largest(languageOfMore), limit: 60_000 },
  ]
}

/** These scripts and all that they import by themselves, which a browser fetches before it runs them. */
function withImports(folder: string, scripts: string[]): string[] {
  const found = new Set(scripts)
  for (const script of found) {
    const text = readFileSync(join(folder, script), 'latin1')
    for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g)) if (name) found.add(name)
  }
  return [...found]
}

export function dashboardSizes(folder: string): Measure[] {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const bytes = firstLoad(html).map((path) => gzipped(join(folder, path)))
  return [{ what: 'dashboard, first load', bytes: bytes.reduce(sum, gzipSync(html).length), limit: 220_000 }]
}

/** The scripts and styles that a page asks for by itself. */
export function firstLoad(html: string): string[] {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? []
  return tags
    .filter((tag) => tag.startsWith('<script') || /rel="(stylesheet|modulepreload)"/.test(tag))
    .flatMap((tag) => tag.match(/(?:src|href)="([^"]+)"/)?.[1] ?? [])
}

export function isOver({ bytes, limit }: Measure): boolean {
  return bytes > limit
}

export interface Length {
  path: string
  lines: number
}

/** Files with more lines than this, the longest first. */
export function longerThan(limit: number, files: Source[]): Length[] {
  return files
    .filter(({ path }) => !isTest(path))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > limit)
    .sort((a, b) => b.lines - a.lines)
}

function gzipped(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length
}

function sum(a: number, b: number): number {
  return a + b
}

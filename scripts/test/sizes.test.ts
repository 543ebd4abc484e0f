import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { dashboardSizes, firstLoad, isOver, longerThan, widgetSizes } from '../sizes.ts'

const scratch = mkdtempSync(join(tmpdir(), 'signet-sizes-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Noise cannot be compressed, so its size is what it was made with, and a little more. */
function folder(name: string, files: Record<string, number | string>) {
  const path = join(scratch, name)
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(path, 'assets'), { recursive: true })
    writeFileSync(join(path, file), typeof content === 'string' ? content : randomBytes(content))
  }
  return path
}

test('[WG3] the loader alone may weigh 8 kB, the open chat with one language 30 kB, every screen 60 kB', () => {
  const fits = folder('fits', {
    'tiledesk.js': 7_900,
    'panel-abcdefgh.js': 18_000,
    'it-abcdefgh.js': 2_000,
    'de-a-cdefgh.js': 2_500,
    'more-abcdefgh.js': 12_000,
    'more-it-abcdefgh.js': 2_000,
    'more-de-abcdefgh.js': 2_100,
    'tiledesk.js.br': 90_000,
  })
  expect(widgetSizes(fits).map(isOver)).toEqual([false, false, false])
  const heavyLoader = folder('loader', { 'tiledesk.js': 8_100 })
  expect(widgetSizes(heavyLoader).map(isOver)).toEqual([true, false, false])
  const heavyPanel = folder('panel', { 'tiledesk.js': 7_000, 'panel-abcdefgh.js': 21_000, 'it-abcdefgh.js': 2_500 })
  expect(widgetSizes(heavyPanel).map(isOver)).toEqual([false, true, false])
  const heavyRest = folder('rest', { 'tiledesk.js': 7_000, 'panel-abcdefgh.js': 18_000, 'more-abcdefgh.js': 36_000 })
  expect(widgetSizes(heavyRest).map(isOver)).toEqual([false, false, true])
})

test('[WG3] the open chat is weighed with every script that its own scripts import, and with none fetched later', () => {
  const noise = (bytes: number) => `//${randomBytes(bytes).toString('base64')}`
  const files = {
    'tiledesk.js': 7_000,
    'panel-abcdefgh.js':
      'import{a as t}from"./live-abcdefgh.js";import"./who-abcdefgh.js";import("./later-abcdefgh.js")',
    'live-abcdefgh.js': "import {who} from './who-abcdefgh.js'",
    'who-abcdefgh.js': `import"./deep-abcdefgh.js";${noise(4_000)}`,
    'deep-abcdefgh.js': 18_000,
    'later-abcdefgh.js': 20_000,
  }
  expect(widgetSizes(folder('imports', files)).map(isOver)).toEqual([false, false, false])
  expect(widgetSizes(folder('heavier', { ...files, 'deep-abcdefgh.js': 20_000 })).map(isOver)).toEqual([
    false,
    true,
    false,
  ])
})

test('the first load of the dashboard is what its page asks for, and no more', () => {
  const html = `<link rel="icon" href="/assets/icon.svg"><link rel="modulepreload" crossorigin href="/assets/b.js">
    <link rel="stylesheet" href="/assets/a.css"><script type="module" src="/assets/a.js"></script>`
  expect(firstLoad(html)).toEqual(['/assets/b.js', '/assets/a.css', '/assets/a.js'])
  const files = { 'index.html': html, 'assets/a.js': 150_000, 'assets/a.css': 30_000, 'assets/later.js': 90_000 }
  expect(dashboardSizes(folder('light', { ...files, 'assets/b.js': 30_000 })).map(isOver)).toEqual([false])
  expect(dashboardSizes(folder('heavy', { ...files, 'assets/b.js': 45_000 })).map(isOver)).toEqual([true])
})

test('a source file that is too long is found, a test file never is', () => {
  const text = 'line\n'.repeat(251)
  const files = ['server/app.ts', 'server/test/app.test.ts'].map((path) => ({ path, text }))
  expect(longerThan(250, files)).toEqual([{ path: 'server/app.ts', lines: 251 }])
  expect(longerThan(251, files)).toEqual([])
})

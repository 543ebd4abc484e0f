import { expect, test } from 'vitest'
import { violations } from '../imports.ts'
import { sources } from '../sources.ts'

test('every file imports only what its folder may know', () => {
  expect(sources().flatMap(violations)).toEqual([])
})

test.each([
  ['protocol/frames.ts', "import { verify } from '../identity/visitor-token.ts'"],
  ['identity/visitor-token.ts', "import { tokenErrors } from '../protocol/errors.ts'"],
  ['client/connection.ts', "import { open } from '../widget/panel.tsx'"],
  ['widget/panel.tsx', "import { Inbox } from '../dashboard/pages/inbox.tsx'"],
  ['widget/panel.tsx', "import type { App } from '../server/app.ts'"],
  ['widget/api.ts', "const app = await import('../server/app.ts')"],
  ['dashboard/pages/samples.ts', "import { chatToken } from '../../examples/node-express/chat-token.js'"],
  ['widget/panel.tsx', "import text from '../examples/node-express/chat-token.js?raw'"],
  ['dashboard/stores/inbox.ts', "type App = import('../../server/app.ts').App"],
  ['dashboard/stores/inbox.ts', "export * from '../../server/app.ts'"],
  ['server/http/endpoints/conversations.ts', "import { Hub } from '../../live/hub.ts'"],
  ['server/live/socket.ts', "import { answer } from '../http/answer.ts'"],
  ['server/http/endpoints/conversations.ts', "import { sqlite } from '../../db/sqlite.ts'"],
  ['server/model/message/append.ts', "import { Hub } from '../../live/hub.ts'"],
  ['server/db/sqlite.ts', "import { visitor } from '../model/visitor.ts'"],
  ['server/http/endpoints/projects.ts', "import { app } from '../../app.ts'"],
  ['server/index.ts', "import { sqlite } from './db/sqlite.ts'"],
  ['server/config.ts', "import { sqlite } from './db/sqlite.ts'"],
  ['server/app.ts', "import { timeline } from '../client/timeline.ts'"],
  ['server/app.ts', "import { root } from '../scripts/sources.ts'"],
])('%s may not say: %s', (path, text) => {
  expect(violations({ path, text })).toHaveLength(1)
})

test.each([
  ['client/connection.ts', "import { parseServerFrame } from '../protocol/parse.ts'"],
  ['client/connection.ts', "import { type Message } from '../protocol/records.ts'"],
  ['dashboard/api.ts', "export { endpoints } from '../protocol/endpoints.ts'"],
  ['widget/panel.tsx', "import { readFileSync } from 'node:fs'"],
])('what runs in a browser takes no schemas and nothing of Node: %s, %s', (path, text) => {
  expect(violations({ path, text })).toHaveLength(1)
})

test.each([
  ['client/connection.ts', "import type { ServerFrame } from '../protocol/frames.ts'"],
  ['client/connection.ts', "import { closeCodes } from '../protocol/limits.ts'"],
  ['widget/panel.tsx', "import { timeline } from '../client/timeline.ts'\nimport { h } from 'preact'"],
  ['widget/vite.config.ts', "import { resolve } from 'node:path'"],
  [
    'server/http/endpoints/projects.ts',
    "import { project } from '../../model/project/project.ts'\nimport type { Config } from '../../config.ts'",
  ],
  ['server/app.ts', "import { sqlite } from './db/sqlite.ts'\nimport { Hub } from './live/hub.ts'"],
  ['server/model/session.ts', "import { verify } from '../../identity/visitor-token.ts'"],
  ['server/test/anything.test.ts', "import { panel } from '../../widget/panel.tsx'"],
  ['e2e/journey.ts', "import { app } from '../server/app.ts'"],
])('%s may say: %s', (path, text) => {
  expect(violations({ path, text })).toEqual([])
})

test('names the file and the line', () => {
  const [first] = violations({ path: 'protocol/a.ts', text: "\nimport { b } from '../server/model/b.ts'" })
  expect(first).toBe('protocol/a.ts:2 protocol may not import server/model')
})

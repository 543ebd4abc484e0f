import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { describeError, requestIdFrom } from '../log.ts'
import { freePort } from './free-port.ts'
import { Program } from './program.ts'

let url: string
let program: Program

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'signet-log-'))
  const port = String(await freePort())
  url = `http://127.0.0.1:${port}`
  program = new Program({ PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'info' })
  await program.ready(url)
  return async () => {
    await program.end('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
})

interface Line {
  level: string
  time: string
  reqId: string
  status: number
  req: object
}

const lines = (): Line[] =>
  program.output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))

const lineOf = (id: string) => lines().find(({ reqId }) => reqId === id)

test('[HT3] each request is a line of JSON, with the id that the caller gave and was given back', async () => {
  const answer = await fetch(`${url}/api/v1/setup?code=secret-code`, {
    headers: { 'x-request-id': 'from-the-proxy.1' },
  })
  expect(answer.headers.get('x-request-id')).toBe('from-the-proxy.1')
  await expect
    .poll(() => lineOf('from-the-proxy.1'))
    .toMatchObject({
      level: 'info',
      status: 200,
      req: { method: 'GET', route: '/api/v1/setup' },
    })
  expect(Number.isNaN(Date.parse(lineOf('from-the-proxy.1')?.time ?? ''))).toBe(false)
})

test('[HT3] neither addresses nor bodies nor credentials are in a line', async () => {
  const secrets = { authorization: 'Bearer secret-session', cookie: 'signet_agent=secret-cookie' }
  const body = JSON.stringify({ email: 'secret@example.com', password: 'secret-password' })
  const json = { 'content-type': 'application/json' }
  await fetch(`${url}/api/v1/visitor-session`, { headers: { ...secrets, 'x-request-id': 'with-credentials' } })
  await fetch(`${url}/api/v1/agent-session`, { method: 'POST', headers: json, body })
  await fetch(`${url}/secret-path?secret-query`, { headers: { 'x-request-id': 'last' } })
  await expect.poll(() => lineOf('last')).toBeDefined()
  expect(lineOf('with-credentials')).toBeDefined()
  // The set-up address is printed for whoever installs; it is no line of the log.
  expect(JSON.stringify(lines())).not.toContain('secret')
})

test('[HT3] health and metrics, asked all the time, are not written down', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    await fetch(`${url}${path}`, { headers: { 'x-request-id': `quiet${path}` } })
  }
  await fetch(url, { headers: { 'x-request-id': 'loud' } })
  await expect.poll(() => lineOf('loud')).toBeDefined()
  expect(lines().filter(({ reqId }) => reqId?.startsWith('quiet'))).toEqual([])
})

test.each([
  ['abc-123', 'abc-123'],
  ['01J:a/b+c=', '01J:a/b+c='],
  ['a'.repeat(101), 'ours'],
  ['"}\n{"level":"fatal"', 'ours'],
  ['', 'ours'],
  [undefined, 'ours'],
  [['a', 'b'], 'ours'],
])('[HT3] a request that calls itself %j is %s', (given, id) => {
  expect(requestIdFrom(given, () => 'ours')).toBe(id)
})

test('[HT3] an error says nothing of the values it was about', () => {
  const failed = new pg.DatabaseError('invalid input syntax for type json: "a private text"', 100, 'error')
  Object.assign(failed, { code: '22P02', detail: 'Failing row contains (a private text).' })
  const cause = Object.assign(new SyntaxError('Unexpected token, "a private text" is not valid JSON'), {
    cause: failed,
  })
  const said = describeError(new Error('It failed.', { cause }))
  expect(said).toMatchObject({
    message: 'It failed.',
    cause: { message: 'A value was refused.', cause: { code: '22P02' } },
  })
  expect(said.stack).toMatch(/^\s+at /)
  expect(JSON.stringify(said)).not.toContain('private')
  const unique = Object.assign(new Error('duplicate key value violates "x"'), { code: '23505', detail: 'private' })
  expect(describeError(unique)).toMatchObject({ message: 'duplicate key value violates "x"', code: '23505' })
  expect(JSON.stringify(describeError(unique))).not.toContain('private')
})

import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Signet } from '../signet.ts'

let signet: Signet

beforeAll(async () => {
  signet = await Signet.start()
})
afterAll(() => signet.stop())

/** What comes until the server hangs up. */
function answerTo(...lines: string[]): Promise<string> {
  const net = connect({ port: Number(new URL(signet.url).port), host: '127.0.0.1', allowHalfOpen: true })
  net.end(`${lines.join('\r\n')}\r\n\r\n`)
  return text(net)
}

const upgrade = ['host: localhost', 'connection: upgrade', 'upgrade: websocket']
const whole = ['sec-websocket-version: 13', 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==']
const json = 'content-type: application/json'
const cases: [what: string, lines: string[], answer: string][] = [
  ['what is no HTTP', ['hello?'], '400 invalid_request'],
  [
    'a body that ends too soon',
    ['POST /api/v1/setup HTTP/1.1', 'host: a', json, 'content-length: 50'],
    '400 invalid_request',
  ],
  ['headers without end', ['GET / HTTP/1.1', `x: ${'x'.repeat(20_000)}`], '413 body_too_large'],
  ['no Host', ['GET /healthz HTTP/1.1', 'connection: close'], '400 invalid_request'],
  ['an expectation', ['GET / HTTP/1.1', 'host: a', 'expect: miracles'], '400 invalid_request'],
  ['a WebSocket without a key', ['GET /live HTTP/1.1', ...upgrade], '400 invalid_request'],
  ['a WebSocket elsewhere', ['GET /other HTTP/1.1', ...upgrade, ...whole], '404 not_found'],
]

test.each(cases)('[HT1] refuses %s with a code', async (_what, lines, answer) => {
  const said = await answerTo(...lines)
  const [head = '', body = ''] = said.split('\r\n\r\n')
  const { error } = JSON.parse(body)
  expect(`${head.slice(9, 12)} ${error.code}`).toBe(answer)
  expect(error.message).toMatch(/\.$/)
})

test('[HT1] answers in HTTP/1.1 whoever offers to go on in HTTP/2', async () => {
  const offer = ['connection: Upgrade, HTTP2-Settings', 'upgrade: h2c', 'http2-settings: AAMAAABkAAQAAP__']
  const said = await answerTo('GET /healthz HTTP/1.1', 'host: a', ...offer)
  expect(said).toMatch(/^HTTP\/1.1 200 .*{"status":"ok"}$/s)
})

/** Requests and upgrades that are broken in their form, and what comes after an upgrade. */
import type { Seeded } from '../../faults/seeded.ts'
import type { TcpCase } from '../case.ts'
import { bytes } from './edges.ts'
import { mutatedText } from './mutate.ts'

const upgrade = [
  'GET /live HTTP/1.1',
  'host: localhost',
  'connection: upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
]
const post = [
  'POST /api/v1/projects/<<project>>/visitor-sessions HTTP/1.1',
  'host: localhost',
  'content-type: application/json',
  'content-length: 2',
]
const oddLines = [
  ...[
    'host: a',
    'host:',
    ': x',
    'x',
    '\u0000: 1',
    'x: \u0000',
    'content-length: 5',
    'content-length: -1',
    'content-length: 9999999',
  ],
  ...['transfer-encoding: chunked', 'transfer-encoding: gzip, chunked', 'expect: 100-continue', 'expect: nonsense'],
  ...[
    'connection: close',
    'connection: keep-alive, upgrade',
    'upgrade: h2c',
    'sec-websocket-version: 8',
    'sec-websocket-key: x',
  ],
  ...['sec-websocket-extensions: permessage-deflate', 'sec-websocket-extensions: ,;=', 'sec-websocket-protocol: a, a'],
  ...[
    'sec-websocket-protocol: ,',
    'cookie: signet_agent=%',
    'cookie: ;;;=',
    `x: ${'h'.repeat(20_000)}`,
    ' folded: yes',
  ],
]
const starts = [
  ...['GET /other HTTP/1.1', 'POST /live HTTP/1.1', 'GET /live?x=1 HTTP/1.1', 'GET //live HTTP/1.1', 'GET * HTTP/1.1'],
  ...[
    'GET /live HTTP/1.0',
    'GET /live HTTP/3.0',
    'GET http://localhost/live HTTP/1.1',
    'CONNECT a:1 HTTP/1.1',
    'get / HTTP/1.1',
  ],
  ...[
    'PRI * HTTP/2.0',
    'GET /%zz HTTP/1.1',
    'GET  /live HTTP/1.1',
    '\u0016\u0003\u0001\u0002\u0000',
    'BREW / HTTP/1.1',
    'OPTIONS * HTTP/1.1',
  ],
]

export function tcpCase(rng: Seeded): TcpCase {
  const upgrading = rng.chance(0.6)
  const lines = [...(upgrading ? upgrade : post)]
  for (let times = rng.whole(0, 3); times > 0; times -= 1) mutateLines(rng, lines)
  const head = `${lines.join(rng.chance(0.95) ? '\r\n' : '\n')}\r\n\r\n`
  const parts = [rng.chance(0.15) ? mutatedText(rng, head) : head, ...rest(rng, upgrading)]
  if (rng.chance(0.05)) parts.unshift(bytes(rng, 50).toString('latin1'))
  if (rng.chance(0.1)) parts.push(head)
  return { way: 'tcp', who: 'nobody', parts, end: rng.chance(0.8) ? 'finish' : 'cut' }
}

function mutateLines(rng: Seeded, lines: string[]): void {
  const at = rng.whole(1, lines.length)
  switch (rng.whole(0, 3)) {
    case 0:
      lines[0] = rng.pick(starts) ?? ''
      return
    case 1:
      lines.splice(at, 1)
      return
    default:
      lines.splice(at, rng.whole(0, 1), rng.pick(oddLines) ?? '')
  }
}

function rest(rng: Seeded, upgrading: boolean): string[] {
  if (!upgrading) return [rng.pick(['{}', '{', '2\r\n{}\r\n0\r\n\r\n', 'zz\r\n', '', 'ffffffffffffffff\r\n']) ?? '']
  return Array.from({ length: rng.whole(0, 3) }, () => bytes(rng, rng.chance(0.1) ? 3_000 : 40).toString('latin1'))
}

import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { fetchKeySet, KeySetUnreachable } from '../../keys/fetch-key-set.ts'
import type { Guards } from '../../outside/guarded-request.ts'
import { certificate, startHttps, type TestServer } from '../https-server.ts'

const host = 'keys.signet.test'
const loopback = (address: string) => address.startsWith('127.')
let jwk: Record<string, unknown>
let set: string
const servers: TestServer[] = []

beforeAll(async () => {
  jwk = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'one' }
  set = JSON.stringify({ keys: [jwk] })
})

afterEach(() => {
  for (const server of servers.splice(0)) server.stop()
})

async function serve(answer: RequestListener, address?: string): Promise<TestServer> {
  const server = await startHttps(answer, address)
  servers.push(server)
  return server
}

const at = (address: string) => async () => [{ address, family: address.includes(':') ? 6 : 4 }]

/** The guards as they are, but that the tests' own server counts as public. */
function reach({ port }: TestServer, changed: Partial<Guards> = {}, url = `https://${host}:${port}/keys.json`) {
  return fetchKeySet(url, {
    ca: certificate,
    permits: loopback,
    resolve: at('127.0.0.1'),
    timeoutMs: 20_000,
    ...changed,
  })
}

async function failure(fetching: Promise<unknown>): Promise<string> {
  try {
    await fetching
    return 'fetched'
  } catch (error) {
    if (!(error instanceof KeySetUnreachable)) throw error
    return error.message
  }
}

const answers = (body: string, status = 200, headers: Record<string, string> = {}): RequestListener => {
  return (_request, response) => response.writeHead(status, headers).end(body)
}

test('[SS8] takes the keys of a set, and asks for nothing but JSON as it is', async () => {
  const asked: unknown[] = []
  const server = await serve((request, response) => {
    asked.push(request.method, request.url, request.headers.accept, request.headers['accept-encoding'])
    asked.push(request.headers.host, request.headers.authorization, request.headers.cookie)
    response.end(set)
  })
  const [key] = await reach(server)
  expect(key).toMatchObject({ algorithm: 'ES256', kid: 'one' })
  const name = `${host}:${server.port}`
  expect(asked).toEqual(['GET', '/keys.json', 'application/json', 'identity', name, undefined, undefined])
})

test('[SS8] as it is used, it reaches nobody on this machine or beside it', async () => {
  const heard = vi.fn()
  const server = await serve(heard)
  const port = server.port
  const notPublic = 'The address is not one of the public internet, and only those are asked.'
  for (const url of [
    `https://127.0.0.1:${port}/`,
    `https://localhost:${port}/`,
    `https://0x7f.1:${port}/`,
    `https://[::1]:${port}/`,
    `https://[::ffff:127.0.0.1]:${port}/`,
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
  ]) {
    expect(await failure(fetchKeySet(url, { ca: certificate }))).toBe(notPublic)
  }
  expect(heard).not.toHaveBeenCalled()
})

test.each([['127.0.0.1'], ['10.1.2.3'], ['169.254.169.254'], ['::1'], ['::ffff:127.0.0.1'], ['64:ff9b::7f00:1']])(
  '[SS8] a name that leads to %s is not connected to',
  async (address) => {
    const heard = vi.fn()
    const server = await serve(heard)
    const url = `https://${host}:${server.port}/`
    expect(await failure(fetchKeySet(url, { ca: certificate, resolve: at(address) }))).toContain('public internet')
    expect(heard).not.toHaveBeenCalled()
  },
)

test('[SS8] nor is one that leads to a public address and to another beside it', async () => {
  const heard = vi.fn()
  const server = await serve(heard)
  const resolve = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ]
  expect(await failure(reach(server, { resolve }))).toContain('public internet')
  expect(heard).not.toHaveBeenCalled()
})

test('[SS8] a name that changes its address between check and use gains nothing: it is looked up once', async () => {
  const secret = vi.fn()
  const server = await serve(answers(set), '127.0.0.1')
  // The same port on another address of this machine: what must not be reached.
  const inside = await startHttps(secret, '127.0.0.2')
  servers.push(inside)
  let lookups = 0
  const resolve = async () => [{ address: ++lookups === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
  await reach(server, { resolve, permits: (address) => address === '127.0.0.1' })
  expect(lookups).toBe(1)
  // And had it been the other one at once, nothing would have been sent there.
  lookups = 1
  expect(await failure(reach(inside, { resolve, permits: (address) => address === '127.0.0.1' }))).toContain('public')
  expect(secret).not.toHaveBeenCalled()
})

test('[SS8] what was connected to is looked at once more, before the answer is read', async () => {
  const server = await serve(answers(set))
  // A check that lets everything through once, as one with a hole in it would.
  let asked = 0
  expect(await failure(reach(server, { permits: () => ++asked === 1 }))).toContain('public internet')
  expect(asked).toBe(2)
})

test('[SS8] a redirect is not followed, to wherever it leads', async () => {
  const elsewhere = vi.fn()
  const other = await serve(elsewhere)
  for (const status of [301, 302, 303, 307, 308]) {
    const server = await serve(answers('', status, { location: `https://${host}:${other.port}/` }))
    expect(await failure(reach(server))).toBe(`The address answered with status ${status}.`)
  }
  expect(elsewhere).not.toHaveBeenCalled()
})

test.each([204, 206, 304, 401, 404, 500])('[SS8] an answer with status %i is none', async (status) => {
  const server = await serve(answers(status === 204 || status === 304 ? '' : set, status))
  expect(await failure(reach(server))).toBe(`The address answered with status ${status}.`)
})

test('[SS8] 64 KiB are read, and not a byte more', async () => {
  const padded = (bytes: number) => set.padEnd(bytes, ' ')
  expect(await reach(await serve(answers(padded(64 * 1024))))).toHaveLength(1)
  expect(await failure(reach(await serve(answers(padded(64 * 1024 + 1)))))).toBe(
    'The address answered with more than 64 KiB.',
  )
})

test('[SS8] an answer without end is cut off at 64 KiB, whatever it says of its length', async () => {
  let sent = 0
  let stopped = false
  const server = await serve((_request, response) => {
    const chunk = Buffer.alloc(16 * 1024, ' ')
    response.on('close', () => {
      stopped = true
    })
    const more = () => {
      sent += chunk.length
      response.write(chunk, (error) => !error && more())
    }
    more()
  })
  expect(await failure(reach(server))).toBe('The address answered with more than 64 KiB.')
  await expect.poll(() => stopped).toBe(true)
  expect(sent).toBeLessThan(64 * 1024 * 1024)
})

test('[SS8] a compressed answer is not unpacked', async () => {
  const { gzipSync } = await import('node:zlib')
  const bomb = gzipSync(Buffer.alloc(10_000_000, ' '))
  const server = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
  expect(await failure(reach(server))).toBe('The address does not answer with JSON.')
})

const slow = 'The address did not answer within 5 seconds.'

test('[SS8] a server that says nothing is given up', async () => {
  expect(await failure(reach(await serve(() => {}), { timeoutMs: 200 }))).toBe(slow)
})

test('[SS8] so is one that drips: the time is for everything together', async () => {
  let timer: NodeJS.Timeout | undefined
  const server = await serve((_request, response) => {
    response.writeHead(200)
    timer = setInterval(() => response.write(' '), 20)
  })
  expect(await failure(reach(server, { timeoutMs: 300 }))).toBe(slow)
  clearInterval(timer)
})

test('[SS8] and a name that nobody answers for', async () => {
  const server = await serve(answers(set))
  expect(await failure(reach(server, { timeoutMs: 200, resolve: () => new Promise(() => {}) }))).toBe(slow)
})

test.each([
  ['nothing', '', 'JSON'],
  ['a page', '<!doctype html>', 'JSON'],
  ['half a set', '{"keys": [', 'JSON'],
  ['a list', '[]', 'set of keys'],
  ['no keys', '{"key": []}', 'set of keys'],
  ['null', 'null', 'set of keys'],
  ['keys that are no list', '{"keys": {}}', 'set of keys'],
])('[SS8] %s is no set of keys', async (_what, body, why) => {
  expect(await failure(reach(await serve(answers(body))))).toContain(why)
})

test('[SS8] of a set it takes what it can use, up to 50 keys, also two of one name', async () => {
  const { kid: _kid, ...nameless } = jwk
  const mixed = [jwk, jwk, nameless, null, 'x', { kty: 'oct', k: 'AAAA' }, { ...jwk, d: 'AAAA' }, { kty: 'RSA' }]
  const many = await serve(answers(JSON.stringify({ keys: mixed })))
  expect((await reach(many)).map(({ kid }) => kid)).toEqual(['one', 'one', null])
  const tooMany = await serve(answers(JSON.stringify({ keys: Array(200).fill(jwk) })))
  expect(await reach(tooMany)).toHaveLength(50)
  expect(await reach(await serve(answers('{"keys":[]}')))).toEqual([])
})

test('[SS8] a certificate that nobody vouches for, or for another name, is not taken', async () => {
  const server = await serve(answers(set))
  const url = `https://${host}:${server.port}/`
  expect(await failure(fetchKeySet(url, { permits: loopback, resolve: at('127.0.0.1') }))).toMatch(
    /certificate.*not good/,
  )
  expect(await failure(reach(server, {}, `https://other.signet.test:${server.port}/`))).toMatch(/certificate.*not good/)
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  expect(await failure(fetchKeySet(url, { permits: loopback, resolve: at('127.0.0.1') }))).toMatch(
    /certificate.*not good/,
  )
  vi.unstubAllEnvs()
})

test('[SS8] only https is asked, without a name and password in the address', async () => {
  const server = await serve(answers(set))
  for (const url of [`http://${host}/`, 'ftp://x/', 'file:///etc/passwd', 'data:,{}', 'keys', '', 'https://']) {
    expect(await failure(fetchKeySet(url))).toBe('The address must begin with https://.')
  }
  const named = `https://me:secret@${host}:${server.port}/`
  expect(await failure(reach(server, {}, named))).toBe('The address may not hold a name or a password.')
})

test('[SS8] no proxy is asked, whatever the environment says: it would look the name up anew', async () => {
  const { execFile } = await import('node:child_process')
  const { promisify } = await import('node:util')
  const proxy = await serve(() => {})
  const code = `import { fetchKeySet } from './server/keys/fetch-key-set.ts'
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
    await fetchKeySet('https://${host}:1/', { permits: () => true, resolve }).catch(({ message }) => console.log(message))`
  const environment = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }
  const options = { env: environment, cwd: join(import.meta.dirname, '../../..') }
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], options)
  expect(stdout.trim()).toBe('The address could not be reached (ECONNREFUSED).')
})

test('[SS8] a server that is not there, or hangs up, is unreachable and no more', async () => {
  const gone = await startHttps(answers(set))
  gone.stop()
  expect(await failure(reach(gone))).toBe('The address could not be reached (ECONNREFUSED).')
  const rude = await serve((request) => request.socket.destroy())
  expect(await failure(reach(rude))).toContain('could not be reached')
  const midway = await serve((request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{')
    setTimeout(() => request.socket.destroy(), 20)
  })
  expect(await failure(reach(midway))).toContain('could not be reached')
  const unknown = async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
  expect(await failure(reach(gone, { resolve: unknown }))).toBe('The name of the address is not known.')
})

/**
 * A stand-in for the server, for looking at screens: `node dashboard/test/fake/server.ts <port> <scene>`.
 * Scenes: new (nothing set up), out (nobody signed in), empty, one, some, many (10,000), long, agent (that role),
 * slow and failing (in settings), files and files-failing. SIGNET_DASHBOARD names another build than dist/dashboard.
 */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { administered, answer } from './answers.ts'
import { pictureOf, upload } from './attachments.ts'
import { acceptSockets } from './live.ts'
import { makeScene } from './scene.ts'

const [, , port = '4100', name = 'some'] = process.argv
const folder = process.env.SIGNET_DASHBOARD ?? fileURLToPath(new URL('../../../dist/dashboard', import.meta.url))
const scene = makeScene(name)
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
  '.png': 'image/png',
  '.json': 'application/json',
}

const server = createServer((request, response) => void serve(request, response))
acceptSockets(server, scene)
server.listen(Number(port), '127.0.0.1')

async function serve(request: IncomingMessage, response: ServerResponse) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake')
  if (pathname.startsWith('/api/v1')) return api(request, response, pathname.slice('/api/v1'.length), searchParams)
  if (pathname === '/preview')
    return send(response, 200, '.html', '<body style="font:14px system-ui;padding:24px">The chat, live</body>')
  const extension = extname(pathname)
  const file = extension ? pathname.replace(/^\/docs/, '../docs') : '/index.html'
  response.setHeader('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
  try {
    send(response, 200, extname(file), await readFile(join(folder, file)))
  } catch {
    send(response, 404, '.html', 'not there')
  }
}

async function api(request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams) {
  if (path.startsWith('/files/')) return send(response, 200, '.png', await pictureOf(path))
  if (request.method === 'POST' && path.endsWith('/attachments')) return take(request, response, query)
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const body: Record<string, unknown> = text ? JSON.parse(text) : {}
  if (scene.name === 'slow' && administered.test(`${request.method} ${path}`)) await wait(10_000)
  const { status, value } = answer(scene, `${request.method} ${path}`, body, query)
  response.setHeader('content-type', 'application/json')
  response.writeHead(status).end(status === 204 ? undefined : JSON.stringify(value))
}

/** A name says what becomes of it: "slow" never ends, "refuse" is refused. */
async function take(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
  let bytes = 0
  for await (const chunk of request) bytes += chunk.length
  const name = query.get('name') ?? 'file'
  if (name.includes('slow')) return
  const { status, value } = upload(name, bytes)
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function send(response: ServerResponse, status: number, extension: string, body: string | Buffer) {
  response.writeHead(status, { 'content-type': types[extension] ?? 'application/octet-stream' }).end(body)
}

import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import jwt from 'jsonwebtoken'
import { freePort } from '../server/test/free-port.ts'

interface Options {
  /** The installation's address; each page of pages/ names https://chat.example instead. */
  signet: string
  secret: string
}

/** The project's id as the pages of pages/ know it, from where they came. */
export const legacyId = '5c0ffee0dd1e5000c4a7b1a5'

const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' }

/** A site whose pages were written for another chat: served as they stand, but for the script's address. */
export class PageSite {
  readonly url: string
  readonly #options: Options
  readonly #server: Server

  private constructor(port: number, options: Options) {
    this.url = `http://localhost:${port}`
    this.#options = options
    this.#server = createServer((request, response) => this.#answer(new URL(request.url ?? '/', this.url), response))
    this.#server.listen(port, '127.0.0.1')
  }

  static async open(options: Options): Promise<PageSite> {
    return new PageSite(await freePort(), options)
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    const person = searchParams.get('for') ?? ''
    if (pathname === '/favicon.ico') response.writeHead(204).end()
    else if (pathname === '/token') response.end(this.#sign(claimsOf(person)))
    else if (pathname === '/later-token') response.end(`JWT ${this.#sign(laterClaimsOf(person))}`)
    else this.#sendFile(pathname, response)
  }

  #sendFile(pathname: string, response: ServerResponse): void {
    const { signet } = this.#options
    const text = readFileSync(join(import.meta.dirname, 'pages', pathname), 'utf8')
      .replaceAll('wss://chat.example', signet.replace('http', 'ws'))
      .replaceAll('https://chat.example', signet)
    response.setHeader('content-type', types[extname(pathname)] ?? 'text/plain').end(text)
  }

  #sign(claims: object): string {
    return jwt.sign(claims, this.#options.secret, { algorithm: 'HS256', expiresIn: 300 })
  }
}

function claimsOf(person: string) {
  return { external_id: person, name: nameOf(person), email: `${person}@halden.example` }
}

/** What later documentation of the same chat has backends sign. */
function laterClaimsOf(person: string) {
  return {
    _id: `${legacyId}_${person}`,
    firstname: nameOf(person),
    lastname: 'Lindqvist',
    email: `${person}@halden.example`,
    sub: 'userexternal',
    aud: `https://tiledesk.com/projects/${legacyId}`,
  }
}

const nameOf = (person: string): string => person.charAt(0).toUpperCase() + person.slice(1)

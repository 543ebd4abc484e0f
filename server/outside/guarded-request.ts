/**
 * Asks an address that somebody typed into a form: where a site's keys are (SS8), where its webhooks go (WH5).
 *
 * The name is looked up once, by the connection itself, and what it is looked up to is held against the rule for
 * public addresses there: no second look-up lies between the check and the use, so a name that changes its address in
 * between gains nothing. Redirects are not followed, proxies not used, and the answer is cut off at a size and at a
 * time from the beginning of everything.
 */
import type { LookupAddress } from 'node:dns'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'
import { resolveName } from './resolve.ts'

/** The message is a sentence for whoever gave the address. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/** What tests set to reach a server of their own; everybody else leaves it as it is. */
export interface Guards {
  permits(address: string): boolean
  resolve(host: string): Promise<LookupAddress[]>
  /** Another certificate authority than those that Node knows. */
  ca?: string
  timeoutMs?: number
}

export interface Asked {
  method: 'GET' | 'POST'
  headers: OutgoingHttpHeaders
  body?: string
  timeoutMs: number
  maxBytes: number
  /** What is more is refused, or left unread. */
  tooLong: 'refused' | 'left'
}

export interface Answered {
  status: number
  text: string
  /** Its Retry-After, as it stands there. */
  retryAfter: string | undefined
}

const guards: Guards = { permits: isPublicAddress, resolve: (host) => resolveName(host) }

export function parseHttpsUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:') throw new Unreachable('The address must begin with https://.')
  if (url.username || url.password) throw new Unreachable('The address may not hold a name or a password.')
  url.hash = ''
  return url
}

/** For an address instead of a name, nothing is looked up: then it can be refused before anything is sent. */
export function requirePublicHost({ hostname }: URL, { permits }: Pick<Guards, 'permits'> = guards): void {
  const host = hostname.replace(/^\[|\]$/g, '')
  // Every machine's name for itself, of which name servers know nothing.
  const address = /^(.+\.)?localhost\.?$/.test(host) ? '127.0.0.1' : host
  if (isIP(address) && !permits(address)) throw notPublic()
}

export async function guardedRequest(url: URL, asked: Asked, changed: Partial<Guards> = {}): Promise<Answered> {
  const { permits, resolve, ca, timeoutMs = asked.timeoutMs } = { ...guards, ...changed }
  requirePublicHost(url, { permits })
  // One's own: the global one may have been told to use a proxy, which would look the name up anew.
  const agent = new Agent({ keepAlive: false })
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    return await new Promise((done, fail) => {
      const options = {
        agent,
        signal,
        method: asked.method,
        lookup: lookupWith(resolve, permits),
        headers: asked.headers,
        // Whatever the environment says of it.
        rejectUnauthorized: true,
        ...(ca !== undefined && { ca }),
      }
      const sent = request(url, options, (answer) => read(answer, asked, permits).then(done, fail))
      sent.on('error', fail)
      sent.end(asked.body)
    })
  } catch (error) {
    const seconds = asked.timeoutMs / 1000
    throw signal.aborted ? new Unreachable(`The address did not answer within ${seconds} seconds.`) : explained(error)
  } finally {
    agent.destroy()
  }
}

/** Every address of the name must be public: one that is not is either an attack or a mistake. */
function lookupWith(resolve: Guards['resolve'], permits: Guards['permits']): LookupFunction {
  return (host, options, answer) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses
        if (!first || !addresses.every(({ address }) => permits(address))) answer(notPublic(), '', 0)
        else if (options.all) answer(null, addresses)
        else answer(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => answer(error, '', 0),
    )
  }
}

async function read(answer: IncomingMessage, { maxBytes, tooLong }: Asked, permits: Guards['permits']) {
  try {
    // What was checked is what was connected to; if that should ever come apart, nothing of the answer gets out.
    if (!permits(answer.socket.remoteAddress ?? '')) throw notPublic()
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of answer) {
      bytes += chunk.length
      if (bytes > maxBytes && tooLong === 'refused') {
        throw new Unreachable(`The address answered with more than ${maxBytes / 1024} KiB.`)
      }
      chunks.push(chunk)
      if (bytes > maxBytes) break
    }
    const text = Buffer.concat(chunks).toString('utf8')
    return { status: answer.statusCode ?? 0, text, retryAfter: answer.headers['retry-after'] }
  } finally {
    answer.destroy()
  }
}

function notPublic(): Unreachable {
  return new Unreachable('The address is not one of the public internet, and only those are asked.')
}

function explained(error: unknown): Unreachable {
  if (error instanceof Unreachable) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'ETIMEOUT'].includes(code))
    return new Unreachable('The name of the address is not known.')
  if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY/.test(code)) {
    return new Unreachable(`The certificate of the address is not good (${code}).`)
  }
  return new Unreachable(`The address could not be reached${code && ` (${code})`}.`)
}

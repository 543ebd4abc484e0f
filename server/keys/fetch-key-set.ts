/**
 * Fetches a set of public keys from an address that somebody typed into a form (SS8).
 *
 * The name is looked up once, by the connection itself, and what it is looked up to is held against the rule for
 * public addresses there: no second look-up lies between the check and the use, so a name that changes its address in
 * between gains nothing. Redirects are not followed, proxies not used, and the answer is cut off at 64 KiB and at
 * 5 seconds from the beginning of everything.
 */
import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { promisify } from 'node:util'
import { type PublicKey, readKeySet } from '../../identity/public-key.ts'
import { isPublicAddress } from './public-address.ts'

/** The message is a sentence for whoever registered the address. */
export class KeySetUnreachable extends Error {
  override name = 'KeySetUnreachable'
}

/** What tests set to reach a server of their own; everybody else leaves it as it is. */
export interface Guards {
  permits(address: string): boolean
  resolve(host: string): Promise<LookupAddress[]>
  /** Another certificate authority than those that Node knows. */
  ca?: string
  timeoutMs: number
}

const maxBytes = 64 * 1024
const maxKeys = 50

const guards: Guards = {
  permits: isPublicAddress,
  resolve: (host) => promisify(systemLookup)(host, { all: true }),
  timeoutMs: 5_000,
}

export async function fetchKeySet(url: string, changed: Partial<Guards> = {}): Promise<PublicKey[]> {
  const text = await fetchText(parseKeySetUrl(url), { ...guards, ...changed })
  const keys = readKeySet(parseJson(text))
  if (!keys) throw new KeySetUnreachable('The address does not answer with a set of keys: {"keys": […]}.')
  return keys.slice(0, maxKeys)
}

export function parseKeySetUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:') throw new KeySetUnreachable('The address must begin with https://.')
  if (url.username || url.password) throw new KeySetUnreachable('The address may not hold a name or a password.')
  url.hash = ''
  return url
}

async function fetchText(url: URL, { permits, resolve, ca, timeoutMs }: Guards): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // For an address instead of a name, nothing is looked up.
  if (isIP(host) && !permits(host)) throw notPublic()
  // One's own: the global one may have been told to use a proxy, which would look the name up anew.
  const agent = new Agent({ keepAlive: false })
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    return await new Promise((done, fail) => {
      const options = {
        agent,
        signal,
        lookup: lookupWith(resolve, permits),
        headers: { accept: 'application/json', 'accept-encoding': 'identity' },
        // Whatever the environment says of it.
        rejectUnauthorized: true,
        ...(ca !== undefined && { ca }),
      }
      const asked = request(url, options, (answer) => readText(answer, permits).then(done, fail))
      asked.on('error', fail)
      asked.end()
    })
  } catch (error) {
    throw signal.aborted ? new KeySetUnreachable('The address did not answer within 5 seconds.') : explained(error)
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

async function readText(answer: IncomingMessage, permits: Guards['permits']): Promise<string> {
  try {
    // What was checked is what was connected to; if that should ever come apart, nothing of the answer gets out.
    if (!permits(answer.socket.remoteAddress ?? '')) throw notPublic()
    if (answer.statusCode !== 200) throw new KeySetUnreachable(`The address answered with status ${answer.statusCode}.`)
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of answer) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new KeySetUnreachable('The address answered with more than 64 KiB.')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } finally {
    answer.destroy()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new KeySetUnreachable('The address does not answer with JSON.')
  }
}

function notPublic(): KeySetUnreachable {
  return new KeySetUnreachable('The address is not one of the public internet, and only those are fetched from.')
}

function explained(error: unknown): KeySetUnreachable {
  if (error instanceof KeySetUnreachable) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new KeySetUnreachable('The name of the address is not known.')
  if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY/.test(code)) {
    return new KeySetUnreachable(`The certificate of the address is not good (${code}).`)
  }
  return new KeySetUnreachable(`The address could not be reached${code && ` (${code})`}.`)
}

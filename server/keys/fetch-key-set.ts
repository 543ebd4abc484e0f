/** Fetches a set of public keys from an address that somebody typed into a form (SS8). */
import { type PublicKey, readKeySet } from '../../identity/public-key.ts'
import { type Guards, guardedRequest, parseHttpsUrl, Unreachable } from '../outside/guarded-request.ts'

/** The message is a sentence for whoever registered the address. */
export class KeySetUnreachable extends Error {
  override name = 'KeySetUnreachable'
}

const maxKeys = 50

const asked = {
  method: 'GET',
  headers: { accept: 'application/json', 'accept-encoding': 'identity' },
  timeoutMs: 5_000,
  maxBytes: 64 * 1024,
  tooLong: 'refused',
} as const

export async function fetchKeySet(url: string, changed: Partial<Guards> = {}): Promise<PublicKey[]> {
  const { status, text } = await outside(() => guardedRequest(parseKeySetUrl(url), asked, changed))
  if (status !== 200) throw new KeySetUnreachable(`The address answered with status ${status}.`)
  const keys = readKeySet(parseJson(text))
  if (!keys) throw new KeySetUnreachable('The address does not answer with a set of keys: {"keys": […]}.')
  return keys.slice(0, maxKeys)
}

export function parseKeySetUrl(text: string): URL {
  try {
    return parseHttpsUrl(text)
  } catch (error) {
    throw asKeySetError(error)
  }
}

async function outside<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    throw asKeySetError(error)
  }
}

const asKeySetError = (error: unknown): unknown =>
  error instanceof Unreachable ? new KeySetUnreachable(error.message) : error

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new KeySetUnreachable('The address does not answer with JSON.')
  }
}

import { TokenRefused } from './errors.ts'
import { type JsonObject, parseJsonObject } from './json-object.ts'

const maxTokenLength = 8 * 1024
// Room for any sensible number of prefixes, looked at before anything else is.
const maxInputLength = 2 * maxTokenLength

/** A token of which nothing is believed yet, but that can be read in one way only. */
export interface TokenParts {
  /** The token without prefixes, as the signature is checked on it. */
  compact: string
  /** What the signature is over, and the signature. */
  signed: string
  signature: Uint8Array
  header: JsonObject
  claims: JsonObject
}

/** VT15 and VT1. */
export function readTokenParts(input: string): TokenParts {
  if (input.length > maxInputLength) throw malformed('longer than 8 KiB')
  const compact = withoutPrefixes(input)
  if (compact.length > maxTokenLength) throw malformed('longer than 8 KiB')

  const [header, claims, signature, ...rest] = compact.split('.', 4)
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0) {
    throw malformed('not three parts')
  }
  return {
    compact,
    signed: compact.slice(0, header.length + 1 + claims.length),
    signature: decodePart(signature, 'signature'),
    header: readJsonPart(header, 'header'),
    claims: readJsonPart(claims, 'payload'),
  }
}

function withoutPrefixes(input: string): string {
  const prefix = /(?:JWT|Bearer) +/iy
  let end = 0
  while (prefix.test(input)) end = prefix.lastIndex
  return input.slice(end)
}

function readJsonPart(part: string, name: string): JsonObject {
  const bytes = decodePart(part, name)
  try {
    return parseJsonObject(bytes)
  } catch {
    throw malformed(`the ${name} is not a JSON object in UTF-8 without repeated keys`)
  }
}

/**
 * Base64url in its one canonical form. Decoders forgive padding, white space, the other alphabet and stray low bits,
 * so that many texts would stand for one token. The one that encoding gives back is the one that counts.
 */
function decodePart(part: string, name: string): Uint8Array {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.toString('base64url') !== part) throw malformed(`the ${name} is not canonical base64url`)
  return bytes
}

function malformed(detail: string): TokenRefused {
  return new TokenRefused('token_malformed', { detail })
}

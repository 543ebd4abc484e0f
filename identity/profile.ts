import { readAttributes } from './attributes.ts'
import { formOf } from './claim-form.ts'
import { TokenRefused } from './errors.ts'
import type { JsonObject } from './json-object.ts'

const maxLength = 255

/** Who the host site says its visitor is. Whatever else the token claims is dropped (VT14). */
export interface Profile {
  externalId: string
  name: string | null
  email: string | null
  phone: string | null
  attributes: Record<string, unknown>
}

/** VT11, with the attributes of VT14. */
export function readProfile(claims: JsonObject): Profile {
  const later = formOf(claims) === 'later'
  return {
    externalId: readExternalId(claims, later ? '_id' : 'external_id'),
    name: later ? readJoinedName(claims) : readText(claims, 'name'),
    email: readEmail(claims),
    phone: readText(claims, 'phone'),
    attributes: readAttributes(claims),
  }
}

function readExternalId(claims: JsonObject, field: string): string {
  const id = readText(claims, field)
  if (id === null) throw invalid(field, 'empty')
  return id
}

function readJoinedName(claims: JsonObject): string | null {
  const names = [readText(claims, 'firstname'), readText(claims, 'lastname')].filter((name) => name !== null)
  if (names.length === 0) return readText(claims, 'name')
  const joined = names.join(' ')
  if (joined.length > maxLength) throw invalid('lastname', 'too long together with firstname')
  return joined
}

function readEmail(claims: JsonObject): string | null {
  const email = readText(claims, 'email')
  if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email)) throw invalid('email', 'not an e-mail address')
  return email
}

/** `null` and the empty text count as absent. */
function readText(claims: JsonObject, field: string): string | null {
  const text = claims.get(field) ?? ''
  if (typeof text !== 'string') throw invalid(field, 'not a string')
  if (text.length > maxLength) throw invalid(field, `${text.length} characters`)
  if (/\p{Cc}/u.test(text)) throw invalid(field, 'a control character')
  if (!text.isWellFormed()) throw invalid(field, 'a lone surrogate')
  return text === '' ? null : text
}

function invalid(field: string, detail: string): TokenRefused {
  return new TokenRefused('claim_invalid', { field, detail })
}

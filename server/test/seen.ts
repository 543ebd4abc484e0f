/**
 * Holds what endpoints answer against the OpenAPI document, whichever test asks: a code that the document lacks is an
 * error at once. What was seen is noted, so that scripts/check-api.ts can say at the end of all tests which path or code
 * of the document nobody tried.
 */
import { appendFileSync } from 'node:fs'
import { type EndpointKey, endpoints } from '../../protocol/endpoints.ts'
import { refusalsOf } from '../../protocol/openapi/refusals.ts'

/** A file, in runs of all tests. */
const notes = process.env.SIGNET_ANSWERS_SEEN
const noted = new Set<string>()

export function sawAnswer(key: EndpointKey): void {
  note(`${key} ${endpoints[key].status}`)
}

export function sawRefusal(key: EndpointKey, code: string): void {
  const documented: readonly string[] = [...refusalsOf(endpoints[key]), 'internal_error', 'unavailable']
  if (!documented.includes(code)) throw new Error(`${key} refused with ${code}, which the OpenAPI document lacks.`)
  note(`${key} ${code}`)
}

function note(line: string): void {
  if (!notes || noted.has(line)) return
  noted.add(line)
  appendFileSync(notes, `${line}\n`)
}

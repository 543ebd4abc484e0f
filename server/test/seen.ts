/**
 * Holds what endpoints answer and webhooks are told against the OpenAPI document, whichever test asks: a code or a field
 * that the document lacks is an error at once. What was seen is noted, so that scripts/check-api.ts can say at the end of
 * all tests which path, code or event of the document nobody tried.
 */
import { appendFileSync } from 'node:fs'
import { Compile } from 'typebox/compile'
import { type EndpointKey, endpoints } from '../../protocol/endpoints.ts'
import { refusalsOf } from '../../protocol/openapi/refusals.ts'
import { webhookBodies } from '../../protocol/webhook-bodies.ts'

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

const deliveries = new Map(Object.entries(webhookBodies).map(([type, body]) => [type, Compile(body)]))

export function sawDelivery(text: string): void {
  const { type, ...rest }: { type: string } = JSON.parse(text)
  if (!deliveries.get(type)?.Check({ type, ...rest }))
    throw new Error(`The OpenAPI document has no such event: ${text}`)
  note(`webhook ${type}`)
}

function note(line: string): void {
  if (!notes || noted.has(line)) return
  noted.add(line)
  appendFileSync(notes, `${line}\n`)
}

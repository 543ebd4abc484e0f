/** After all tests: was every path, answer, code and event of the OpenAPI document tried by one of them (HT1)? */
import { readFileSync } from 'node:fs'
import { type Endpoint, endpoints } from '../protocol/endpoints.ts'
import { refusalsOf } from '../protocol/openapi/refusals.ts'
import { webhookBodies } from '../protocol/webhook-bodies.ts'

const seen = new Set(readFileSync(process.env.SIGNET_ANSWERS_SEEN ?? '', 'utf8').split('\n'))
const answers = Object.entries<Endpoint>(endpoints).flatMap(([key, endpoint]) =>
  [String(endpoint.status), ...refusalsOf(endpoint)].map((outcome) => `${key} ${outcome}`),
)
const documented = [...answers, ...Object.keys(webhookBodies).map((type) => `webhook ${type}`)]
const untried = documented.filter((line) => !seen.has(line))

console.log(`${documented.length - untried.length} of ${documented.length} documented answers and events were seen`)
for (const line of untried) console.log(`  never seen: ${line}`)
process.exitCode = untried.length > 0 ? 1 : 0

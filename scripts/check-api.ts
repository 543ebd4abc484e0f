/** After all tests: was every path, answer and code of the OpenAPI document tried by one of them (HT1)? */
import { readFileSync } from 'node:fs'
import { type Endpoint, endpoints } from '../protocol/endpoints.ts'
import { refusalsOf } from '../protocol/openapi/refusals.ts'

const seen = new Set(readFileSync(process.env.SIGNET_ANSWERS_SEEN ?? '', 'utf8').split('\n'))
const documented = Object.entries<Endpoint>(endpoints).flatMap(([key, endpoint]) =>
  [String(endpoint.status), ...refusalsOf(endpoint)].map((outcome) => `${key} ${outcome}`),
)
const untried = documented.filter((line) => !seen.has(line))

console.log(`${documented.length - untried.length} of ${documented.length} documented answers were seen`)
for (const line of untried) console.log(`  never seen: ${line}`)
process.exitCode = untried.length > 0 ? 1 : 0

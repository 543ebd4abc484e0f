import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { type Endpoint, endpoints } from '../endpoints.ts'
import { isErrorCode, sentenceOf, statusOf } from '../errors.ts'
import { openApiDocument } from '../openapi/document.ts'
import { refusalsOf } from '../openapi/refusals.ts'

const document = openApiDocument()

test('[HT1] a linter finds nothing in the OpenAPI document', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] })
  const problems = await lintFromString({ source: JSON.stringify(document), config })
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
})

test('[HT1] it has every endpoint, once', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(described.toSorted()).toEqual(Object.keys(endpoints).toSorted())
})

test('[HT1] every refusal of an endpoint has an example, under its status', () => {
  for (const [key, endpoint] of Object.entries<Endpoint>(endpoints)) {
    for (const code of refusalsOf(endpoint))
      expect(exampleOf(key, code), key).toEqual({ code, message: sentenceOf(code) })
  }
})

function exampleOf(key: string, code: string): unknown {
  if (!isErrorCode(code)) throw new Error(`There is no code ${code}.`)
  const [method = '', path = ''] = key.split(' ')
  const operation = JSON.parse(JSON.stringify(document.paths))[path.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()]
  return operation.responses[statusOf(code)].content['application/json'].examples[code].value.error
}

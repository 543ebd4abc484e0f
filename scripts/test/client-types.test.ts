import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectTypeOf, test } from 'vitest'
import type { Operations } from '../../client/operations.ts'
import type { Answer, EndpointKey, Input } from '../../protocol/endpoints.ts'
import { clientTypes, readDocument } from '../client-types.ts'
import { root } from '../sources.ts'

test('[HT1] the client has the types of the OpenAPI document as it is now: else run scripts/build-client.ts', () => {
  expect(readFileSync(join(root, 'client/operations.ts'), 'utf8')).toBe(clientTypes(readDocument()))
})

test('[HT1] they are the types that the server answers by', () => {
  expectTypeOf<keyof Operations>().toEqualTypeOf<EndpointKey>()
  type Taken = { [K in EndpointKey]: Input<K> extends Operations[K]['input'] ? true : K }[EndpointKey]
  type Given = { [K in EndpointKey]: Operations[K]['answer'] extends Answer<K> ? true : K }[EndpointKey]
  type Back = { [K in EndpointKey]: Answer<K> extends Operations[K]['answer'] ? true : K }[EndpointKey]
  expectTypeOf<Taken | Given | Back>().toEqualTypeOf<true>()
})

import Type from 'typebox'
import { expect, test } from 'vitest'
import { type Endpoint, endpoints } from '../endpoints.ts'
import { errorCodes, sentenceOf, statusOf } from '../errors.ts'
import { parseClientFrame, parseServerFrame } from '../parse.ts'

const clientId = '0199a8c0-0000-7000-8000-000000000001'

test('[HT1] a frame with unknown fields is taken, so that versions can mix', () => {
  expect(parseClientFrame(JSON.stringify({ type: 'send', clientId, text: 'hi', later: 1 }))).toMatchObject({
    text: 'hi',
  })
})

test.each([
  ['not JSON', '{'],
  ['not an object', '"ping"'],
  ['an unknown type', '{"type":"shout"}'],
  ['a missing field', '{"type":"send","text":"hi"}'],
  ['an id that is no UUID', '{"type":"send","clientId":"../../etc","text":"hi"}'],
  ['text that is no string', `{"type":"send","clientId":"${clientId}","text":7}`],
  ['a seq with a fraction', `{"type":"read","conversationId":"${clientId}","seq":1.5}`],
])('a frame is refused that is %s', (_, text) => {
  expect(parseClientFrame(text)).toBeUndefined()
})

test('a server frame that lacks what it must have is refused', () => {
  expect(parseServerFrame('{"type":"pong"}')).toEqual({ type: 'pong' })
  expect(parseServerFrame('{"type":"ack"}')).toBeUndefined()
})

test('every error code has a status and a sentence that ends', () => {
  for (const code of errorCodes) {
    expect(statusOf(code)).toBeGreaterThanOrEqual(400)
    expect(sentenceOf(code)).toMatch(/[^.!]\.$/)
  }
})

test('[HT1] every body and query refuses unknown fields, in each of its forms', () => {
  for (const endpoint of Object.values<Endpoint>(endpoints)) {
    for (const schema of [endpoint.params, endpoint.query, endpoint.body]) {
      if (!schema) continue
      const forms = Type.IsUnion(schema) ? schema.anyOf : [schema]
      for (const form of forms) expect(form).toMatchObject({ type: 'object', additionalProperties: false })
    }
  }
})

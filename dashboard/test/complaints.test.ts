import { expect, test } from 'vitest'
import { type Asked, complaintsAbout } from '../parts/complaints.ts'

const asked = (overrides: Partial<Asked>): Asked => ({
  name: 'field',
  value: '',
  type: 'text',
  required: false,
  minLength: -1,
  pattern: '',
  ...overrides,
})

test.each([
  [{ required: true }, 'This is needed.'],
  [{ required: true, value: '   ' }, 'This is needed.'],
  [{ type: 'email', value: 'ada' }, 'Write an e-mail address, as name@example.com.'],
  [{ minLength: 10, value: 'short' }, 'At least 10 characters. These are 5.'],
  [{ pattern: '#[0-9a-f]{6}', value: '#12' }, 'This has characters that do not fit.'],
])('a field %j gets the complaint: %s', (field, complaint) => {
  expect(complaintsAbout([asked(field)])).toEqual({ field: complaint })
})

test.each([
  [{}],
  [{ required: true, value: 'Ada' }],
  [{ type: 'email', value: 'ada@example' }],
  [{ minLength: 10, value: 'long enough' }],
  [{ pattern: '[A-Za-z0-9_\\-]{1,64}', value: '' }],
  [{ pattern: '[A-Za-z0-9_\\-]{1,64}', value: '5f1c-_A' }],
])('a field %j is taken', (field) => {
  expect(complaintsAbout([asked(field)])).toEqual({})
})

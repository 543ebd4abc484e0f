import { expect, expectTypeOf, test } from 'vitest'
import { tokenErrors } from '../../protocol/errors.ts'
import { type TokenErrorCode, TokenRefused } from '../errors.ts'

test('the codes are exactly those that travel', () => {
  // Checked by tsc: a code too many or too few on either side does not compile.
  expectTypeOf<TokenErrorCode>().toEqualTypeOf<keyof typeof tokenErrors>()
  const same: Record<TokenErrorCode, string> = tokenErrors
  expect(Object.keys(same)).toContain('token_malformed')
})

test('a refusal names itself, its code and its field', () => {
  const refused = new TokenRefused('claim_missing', { field: 'iat', detail: 'why' })
  expect(refused).toMatchObject({ name: 'TokenRefused', code: 'claim_missing', field: 'iat', detail: 'why' })
  expect(refused.message).toBe('claim_missing: iat')
  expect(new TokenRefused('token_expired').message).toBe('token_expired')
})

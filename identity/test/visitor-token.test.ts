import { expect, test } from 'vitest'
import { verifyVisitorToken } from '../visitor-token.ts'
import { claimsWith, inputFor, key, now, project, refusalOf, sign } from './signed-token.ts'

test('a signed token gives the identity and the key that vouches for it', async () => {
  const token = sign(claimsWith({ phone: '+39 055 1', attributes: { plan: 'gold' }, jti: 'once' }))
  expect(await verifyVisitorToken(inputFor(token))).toEqual({
    key,
    identity: {
      externalId: 'customer-42',
      name: 'Ada Lovelace',
      email: 'ada@shop.test',
      phone: '+39 055 1',
      attributes: { plan: 'gold' },
      issuedAt: now,
      expiresAt: now + 300_000,
      tokenId: 'once',
      boundToBrowser: false,
    },
  })
  expect(await refusalOf(token, { now: now + 300_000, project })).toBe('token_expired')
})

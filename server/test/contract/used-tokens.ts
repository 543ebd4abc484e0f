import { beforeEach, describe, expect, test } from 'vitest'
import { TokenRefused } from '../../../identity/errors.ts'
import { pruneUsedTokens, spendToken } from '../../model/used-token.ts'
import { minute } from '../clock.ts'
import { type OpenDatabase, upTo, World } from './world.ts'

/** Tokens that are good once (VT13). */
export function usedTokensContract(open: OpenDatabase): void {
  describe('a token that is good once', () => {
    let world: World

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      return () => opened.close()
    })

    const spend = async (tokenId: string | null, projectId = world.projectId) => {
      const expiresAt = world.now() + 5 * minute
      try {
        await world.database.transaction((tx) => spendToken(tx, projectId, { tokenId, expiresAt }))
        return 'accepted'
      } catch (error) {
        if (error instanceof TokenRefused) return `${error.code} ${error.field}`
        throw error
      }
    }
    const kept = () => world.database.rows<{ jti_hash: string }>('select * from used_tokens', [])

    test('[VT13] is refused the second time, and without a jti', async () => {
      expect([await spend('a'), await spend('a'), await spend(null)]).toEqual([
        'accepted',
        'token_replayed jti',
        'claim_missing jti',
      ])
      expect([await spend('b'), await spend('a', await world.project())]).toEqual(['accepted', 'accepted'])
    })

    test('[VT13] lets exactly one in, of many at the same moment', async () => {
      const outcomes = await Promise.all(upTo(20).map(() => spend('a')))
      expect(outcomes.toSorted()).toEqual(['accepted', ...Array(19).fill('token_replayed jti')])
    })

    test('[VT13] is not spent by a sign-in that fails', async () => {
      const failing = world.database.transaction(async (tx) => {
        await spendToken(tx, world.projectId, { tokenId: 'a', expiresAt: world.now() + minute })
        throw new Error('The rest of the sign-in fails.')
      })
      await expect(failing).rejects.toThrow('fails')
      expect(await spend('a')).toBe('accepted')
    })

    test('[VT13][VT14] leaves no jti behind, only its hash', async () => {
      await spend('grace@example.com')
      expect(JSON.stringify(await kept())).not.toContain('grace')
    })

    test('[VT13] is forgotten when it would be refused for its age anyway', async () => {
      const { database, projectId } = world
      await database.transaction(async (tx) => {
        for (const index of upTo(1_200)) {
          await spendToken(tx, projectId, { tokenId: `${index}`, expiresAt: world.now() + minute })
        }
      })
      await spend('later')
      world.clock.advance(minute)
      await Promise.all([pruneUsedTokens(world), pruneUsedTokens(world)])
      expect(await kept()).toHaveLength(1)
      expect(await spend('later')).toBe('token_replayed jti')
    })
  })
}

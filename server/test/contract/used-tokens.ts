import { beforeEach, describe, expect, test } from 'vitest'
import { pruneUsedTokens, spendTokens } from '../../model/sign-in/used-token.ts'
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
      const good = await world.database.transaction((tx) => spendTokens(tx, projectId, [{ tokenId, expiresAt }]))
      return good.has(tokenId ?? '') ? 'good' : 'spent'
    }
    const kept = () => world.database.rows<{ jti_hash: string }>('select * from used_tokens', [])

    test('[VT13] is refused the second time, and without a jti', async () => {
      expect([await spend('a'), await spend('a'), await spend(null)]).toEqual(['good', 'spent', 'spent'])
      expect([await spend('b'), await spend('a', await world.project())]).toEqual(['good', 'good'])
    })

    test('[VT13] lets exactly one in, of many at the same moment', async () => {
      const outcomes = await Promise.all(upTo(20).map(() => spend('a')))
      expect(outcomes.toSorted()).toEqual(['good', ...Array(19).fill('spent')])
    })

    test('[VT13] is not spent by a sign-in that fails', async () => {
      const failing = world.database.transaction(async (tx) => {
        await spendTokens(tx, world.projectId, [{ tokenId: 'a', expiresAt: world.now() + minute }])
        throw new Error('The rest of the sign-in fails.')
      })
      await expect(failing).rejects.toThrow('fails')
      expect(await spend('a')).toBe('good')
    })

    test('[VT13][VT14] leaves no jti behind, only its hash', async () => {
      await spend('grace@example.com')
      expect(JSON.stringify(await kept())).not.toContain('grace')
    })

    test('[VT13] is forgotten when it would be refused for its age anyway', async () => {
      const { database, projectId } = world
      await database.transaction(async (tx) => {
        const expiresAt = world.now() + minute
        const tokens = upTo(1_200).map((index) => ({ tokenId: `${index}`, expiresAt }))
        expect((await spendTokens(tx, projectId, tokens)).size).toBe(1_200)
      })
      await spend('later')
      world.clock.advance(minute)
      await Promise.all([pruneUsedTokens(world), pruneUsedTokens(world)])
      expect(await kept()).toHaveLength(1)
      expect(await spend('later')).toBe('spent')
    })
  })
}

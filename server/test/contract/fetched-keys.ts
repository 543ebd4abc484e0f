import { beforeAll, describe, expect, test } from 'vitest'
import { deletePublicKey, listPublicKeys, registerPublicKey } from '../../model/signing-key/public-key.ts'
import { hour, minute } from '../clock.ts'
import { KeyPair } from '../keys/key-pair.ts'
import { Site } from './site.ts'
import type { OpenDatabase } from './world.ts'

/** Sets of public keys that a site serves, as every database and every node must treat them (SS8). */
export function fetchedKeysContract(open: OpenDatabase): void {
  describe('fetched keys', () => {
    let old: KeyPair
    let fresh: KeyPair

    beforeAll(async () => {
      ;[old, fresh] = [await KeyPair.make('ES256', 'old'), await KeyPair.make('RS256', 'fresh')]
    })

    test('[SS8] a set is fetched at registration, and not again for five minutes', async () => {
      const site = await Site.open(open, [old])
      expect(site.fetched).toBe(1)
      for (let count = 0; count < 3; count++) expect(await site.refusal(old)).toBe('accepted')
      site.world.clock.advance(5 * minute - 1)
      expect(await site.refusal(old)).toBe('accepted')
      expect(site.fetched).toBe(1)
      await site.close()
    })

    test('[SS8] verifying with one reads nothing from the database while nothing has changed', async () => {
      const site = await Site.open(open, [old])
      await site.refusal(old)
      const reads = site.countReads()
      for (let count = 0; count < 5; count++) await site.verify(await site.token(old))
      expect(reads()).toBe(0)
      await site.close()
    })

    test('[SS8] after five minutes it is fetched again beside the sign-in, after ten before it', async () => {
      const site = await Site.open(open, [old])
      site.serves([fresh])
      site.world.clock.advance(5 * minute)
      // The old one is good for this one more time, and nobody has waited.
      expect(await site.refusal(old)).toBe('accepted')
      await site.settled()
      expect([await site.refusal(old), await site.refusal(fresh)]).toEqual(['key_unknown kid', 'accepted'])
      site.serves([old])
      site.world.clock.advance(10 * minute)
      expect([await site.refusal(fresh), site.fetched]).toEqual(['key_unknown kid', 3])
      await site.close()
    })

    test('[SS8] a key that is no longer in the set stops verifying; sessions through it live out their time', async () => {
      const site = await Site.open(open, [old, fresh])
      expect(await site.refusal(old)).toBe('accepted')
      site.serves([fresh])
      site.world.clock.advance(10 * minute)
      expect([await site.refusal(old), await site.refusal(fresh)]).toEqual(['key_unknown kid', 'accepted'])
      site.serves([])
      site.world.clock.advance(10 * minute)
      expect(await site.refusal(fresh)).toBe('key_unknown kid')
      await site.close()
    })

    test('[SS8] an unknown kid is looked for at once, and at most once a minute for any junk', async () => {
      const site = await Site.open(open, [old])
      site.serves([old, fresh])
      site.world.clock.advance(minute - 1)
      expect(await site.refusal(fresh)).toBe('key_unknown kid')
      expect(site.fetched).toBe(1)
      site.world.clock.advance(1)
      expect(await site.refusal(fresh)).toBe('accepted')
      expect(site.fetched).toBe(2)
      const junk = await Promise.all(Array.from({ length: 50 }, (_, n) => site.refusal(fresh, { kid: `junk-${n}` })))
      expect(new Set(junk)).toEqual(new Set(['key_unknown kid']))
      expect(site.fetched).toBe(2)
      site.world.clock.advance(minute)
      await Promise.all(Array.from({ length: 50 }, (_, n) => site.refusal(fresh, { kid: `junk-${n}` })))
      expect(site.fetched).toBe(3)
      await site.close()
    })

    test('[SS8] who asks for it while it is being fetched waits for the same fetch', async () => {
      const site = await Site.open(open, [old])
      site.serves([old, fresh])
      site.world.clock.advance(minute)
      const answers = await Promise.all(Array.from({ length: 20 }, () => site.refusal(fresh)))
      expect(new Set(answers)).toEqual(new Set(['accepted']))
      expect(site.fetched).toBe(2)
      await site.close()
    })

    test('[SS8] while the site’s server is down its last good set goes on for a day, and the record says why', async () => {
      const site = await Site.open(open, [old])
      site.fails('The address could not be reached (ECONNREFUSED).')
      site.world.clock.advance(10 * minute)
      expect(await site.refusal(old)).toBe('accepted')
      const [record] = await listPublicKeys(site.world, site.owner)
      expect(record?.jwks).toMatchObject({ keys: 1, failure: 'The address could not be reached (ECONNREFUSED).' })
      site.world.clock.advance(24 * hour - 10 * minute - 1)
      expect(await site.refusal(old)).toBe('accepted')
      site.world.clock.advance(1)
      expect(await site.refusal(old)).toBe('key_unknown kid')
      site.serves([old])
      site.world.clock.advance(minute)
      expect(await site.refusal(old)).toBe('accepted')
      const [mended] = await listPublicKeys(site.world, site.owner)
      expect(mended?.jwks).toMatchObject({ failure: null, fetchedAt: site.world.clock.ms })
      await site.close()
    })

    test('[SS8] a clock that was set back does not stop the fetching', async () => {
      const site = await Site.open(open, [old])
      site.world.clock.advance(-hour)
      expect(await site.refusal(old)).toBe('accepted')
      expect(site.fetched).toBe(2)
      await site.close()
    })

    test('[SS8] a token without a kid tries the set, at most 15 keys of it', async () => {
      const site = await Site.open(open, [old])
      expect(await site.refusal(old, { kid: undefined })).toBe('accepted')
      const many = await Promise.all(Array.from({ length: 15 }, (_, n) => KeyPair.make('ES256', `k${n}`)))
      site.serves([...many, old])
      site.world.clock.advance(10 * minute)
      expect(await site.refusal(old, { kid: undefined })).toBe('signature_invalid')
      expect(await site.refusal(old)).toBe('accepted')
      await site.close()
    })

    test('[SS8] of two keys with one kid either verifies; our own id names the whole set', async () => {
      const twin = await KeyPair.make('ES256', 'old')
      const site = await Site.open(open, [old, twin])
      expect([await site.refusal(old), await site.refusal(twin)]).toEqual(['accepted', 'accepted'])
      expect(await site.refusal(twin, { kid: site.keyId })).toBe('accepted')
      await site.close()
    })

    test('[SS8] a set that is deleted is not fetched any more, and its tokens say why', async () => {
      const site = await Site.open(open, [old])
      await deletePublicKey(site.acting, site.owner, site.keyId, '127.0.0.1')
      site.keys.forget(site.world.projectId)
      expect(await site.refusal(old)).toBe('secret_revoked')
      site.world.clock.advance(hour)
      expect([await site.refusal(old), site.fetched]).toEqual(['secret_revoked', 1])
      await site.close()
    })

    test('[VT3] a deleted set counts as one of the ten dead keys, however many keys it had', async () => {
      const many = await Promise.all(Array.from({ length: 12 }, (_, n) => KeyPair.make('EdDSA', `k${n}`)))
      const site = await Site.open(open, [old, ...many])
      await deletePublicKey(site.acting, site.owner, site.keyId, '127.0.0.1')
      site.keys.forget(site.world.projectId)
      const { keys } = await site.keys.candidates(site.world.projectId, site.world.now())
      expect(keys.map(({ state }) => state)).toEqual(Array(13).fill('dead'))
      for (const pair of [old, ...many]) expect(await site.refusal(pair)).toBe('secret_revoked')
      await site.close()
    })

    test('[SS8] of several nodes one fetches, and the others have what it fetched', async () => {
      const site = await Site.open(open, [old])
      const other = site.anotherNode()
      expect(await other.refusal(old)).toBe('accepted')
      site.serves([fresh])
      other.serves([fresh])
      site.world.clock.advance(10 * minute)
      const answers = await Promise.all([site, other, site, other].map((node) => node.refusal(fresh)))
      expect(answers).toContain('accepted')
      expect(site.fetched + other.fetched).toBe(2)
      // Each node does so when it reads the event.
      for (const node of [site, other]) node.keys.forget(site.world.projectId)
      expect([await site.refusal(fresh), await other.refusal(fresh)]).toEqual(['accepted', 'accepted'])
      expect(await other.refusal(old)).toBe('key_unknown kid')
      expect(site.fetched + other.fetched).toBe(2)
      await site.close()
    })

    test('[SS8] the other nodes are told only of a set that is another one', async () => {
      const site = await Site.open(open, [old])
      const events = async () =>
        (await site.world.database.rows<{ kind: string }>('select kind from security_events order by number', []))
          .length
      const before = await events()
      site.world.clock.advance(10 * minute)
      await site.refusal(old)
      expect(await events()).toBe(before)
      site.serves([fresh])
      site.world.clock.advance(10 * minute)
      await site.refusal(old)
      expect(await events()).toBe(before + 1)
      await site.close()
    })

    test('[SS8] an address that gives no keys is not registered', async () => {
      const site = await Site.open(open, [old])
      const register = async () => {
        const given = { jwksUrl: 'https://other.test/' }
        try {
          await registerPublicKey(site.acting, site.owner, given, '127.0.0.1')
          return 'registered'
        } catch (error) {
          return error instanceof Error && 'code' in error ? error.code : error
        }
      }
      site.fails('The address answered with status 404.')
      expect(await register()).toBe('jwks_unreachable')
      site.serves([])
      expect(await register()).toBe('key_invalid')
      expect(await listPublicKeys(site.world, site.owner)).toHaveLength(1)
      await site.close()
    })
  })
}

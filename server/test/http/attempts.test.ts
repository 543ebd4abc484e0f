import { beforeEach, describe, expect, test } from 'vitest'
import { Attempts, addressKey } from '../../http/attempts.ts'
import { Refused } from '../../model/refused.ts'
import { CallRefused } from '../caller.ts'
import { Clock, hour, minute } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'

describe('refused attempts', () => {
  let clock: Clock
  let attempts: Attempts

  beforeEach(() => {
    clock = new Clock()
    attempts = new Attempts({ free: 3, firstMs: 1000, longestMs: minute, now: clock.now })
  })

  function waitMs(...names: string[]): number {
    try {
      attempts.require(...names)
      return 0
    } catch (error) {
      return error instanceof Refused ? (error.retryAfterMs ?? -1) : -1
    }
  }

  test('[VS14] cost nothing while they are few, then double the wait up to the longest', () => {
    const waits: number[] = []
    for (let count = 0; count < 11; count++) {
      waits.push(waitMs('a'))
      clock.advance(waitMs('a'))
      attempts.refused('a')
    }
    expect(waits).toEqual([0, 0, 0, 1000, 2000, 4000, 8000, 16_000, 32_000, minute, minute])
  })

  test('[VS14] of one address are not those of another', () => {
    for (let count = 0; count < 5; count++) attempts.refused('a')
    expect([waitMs('a') > 0, waitMs('b'), waitMs('b', 'a') > 0]).toEqual([true, 0, true])
  })

  test('[VS14] are forgotten after success, and after an hour', () => {
    for (const name of ['a', 'b']) for (let count = 0; count < 5; count++) attempts.refused(name)
    attempts.succeeded('a')
    expect(waitMs('a')).toBe(0)
    clock.advance(hour)
    attempts.refused('b')
    expect(waitMs('b')).toBe(0)
  })

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
  ])('[VS14] count %s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })
})

describe('junk tokens', () => {
  let signet: Signet
  let shop: Shop

  beforeEach(async () => {
    signet = await Signet.start()
    shop = await Shop.open(signet)
    return () => signet.stop()
  })

  const offer = (token: string, project = shop.id) =>
    signet.anybody.refusal('POST /projects/:project/visitor-sessions', { params: { project }, body: { token } })
  const junk = async (count: number) => Promise.all(Array.from({ length: count }, () => offer('a.b.c')))

  test('[VS14] past the limit an address is told to wait, and for how long', async () => {
    expect(new Set(await junk(60))).toEqual(new Set(['token_malformed']))
    expect(await offer('a.b.c')).toBe('rate_limited')
    const asked = { params: { project: shop.id }, body: { token: 'a.b.c' } }
    const refused: unknown = await signet.anybody
      .answer('POST /projects/:project/visitor-sessions', asked)
      .catch((error: unknown) => error)
    if (!(refused instanceof CallRefused)) throw new Error('It was not refused.')
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('access-control-expose-headers')).toBe('retry-after')
    signet.clock.advance(1000)
    expect(await offer('a.b.c')).toBe('token_malformed')
    expect(await offer('a.b.c')).toBe('rate_limited')
  })

  test('[VS14] a token that verifies is never refused for them, nor is anybody anonymous', async () => {
    await junk(80)
    expect(await offer('a.b.c')).toBe('rate_limited')
    const admitted = await Promise.all(
      Array.from({ length: 100 }, (_, index) => shop.signIn({ external_id: `customer-${index}` })),
    )
    expect(new Set(admitted.map(({ visitor }) => visitor.id)).size).toBe(100)
    await shop.admit()
  })

  test('[VS14] what is accepted counts for nothing', async () => {
    for (let count = 0; count < 100; count++) await shop.signIn()
    expect(await offer('a.b.c')).toBe('token_malformed')
  })
})

describe('behind a proxy', () => {
  test('[VS14] the address is the one that the proxy saw, not one that the client made up', async () => {
    const signet = await Signet.start({ config: { trustProxy: true } })
    const shop = await Shop.open(signet)
    const offer = (forwarded: string) =>
      signet.anybody
        .with({ 'x-forwarded-for': forwarded })
        .refusal('POST /projects/:project/visitor-sessions', { params: { project: shop.id }, body: { token: 'a.b.c' } })
    // The proxy appends what it sees to whatever the client has sent.
    for (let count = 0; count < 60; count++) await offer(`198.51.100.${count}, 203.0.113.9`)
    expect(await offer('198.51.100.200, 203.0.113.9')).toBe('rate_limited')
    expect(await offer('203.0.113.9, 203.0.113.10')).toBe('token_malformed')
    await signet.stop()
  })

  test('[VS14] what a client says of its address counts for nothing where no proxy is trusted', async () => {
    const signet = await Signet.start()
    const shop = await Shop.open(signet)
    const offer = (forwarded: string) =>
      signet.anybody
        .with({ 'x-forwarded-for': forwarded })
        .refusal('POST /projects/:project/visitor-sessions', { params: { project: shop.id }, body: { token: 'a.b.c' } })
    for (let count = 0; count < 60; count++) await offer(`198.51.100.${count}`)
    expect(await offer('203.0.113.9')).toBe('rate_limited')
    await signet.stop()
  })
})

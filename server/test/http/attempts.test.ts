import { Agent, request } from 'node:http'
import { beforeEach, describe, expect, test } from 'vitest'
import { addressKey } from '../../http/address-key.ts'
import { Attempts } from '../../model/attempts.ts'
import { RecentMap } from '../../model/recent-map.ts'
import { Refused } from '../../model/refused.ts'
import { CallRefused } from '../caller.ts'
import { Clock, hour, minute } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'
import { signToken } from '../token.ts'

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
    expect(refused.headers.get('access-control-expose-headers')).toContain('retry-after')
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

describe('after a revocation', () => {
  test('[VS14][SS6] 10,000 people behind one address come back with tokens, and all get in', async () => {
    const signet = await Signet.start()
    const shop = await Shop.open(signet)
    const old = shop.secret
    await shop.generate({ previous: 'revoke' })
    const people = Array.from({ length: 10_000 }, (_, index) => ({ external_id: `customer-${index}` }))
    const door = new URL(`/api/v1/projects/${shop.id}/visitor-sessions`, signet.url)
    const offer = (token: string) => codeFrom(door, JSON.stringify({ token }))
    const outcomes = { late: new Set<string>(), fresh: new Map<string, number>() }
    const comeBack = async (claims: { external_id: string }, index: number) => {
      // Some pages still hold a token under the old secret: that is what makes the address look bad.
      if (index % 10 === 0) outcomes.late.add(await offer(signToken(old, signet.clock, claims)))
      const outcome = await offer(shop.token(claims))
      outcomes.fresh.set(outcome, (outcomes.fresh.get(outcome) ?? 0) + 1)
    }
    const waiting = people.entries()
    const line = async () => {
      for (const [index, claims] of waiting) await comeBack(claims, index)
    }
    await Promise.all(Array.from({ length: 100 }, line))
    expect(outcomes).toEqual({
      late: new Set(['secret_revoked', 'rate_limited']),
      fresh: new Map([['accepted', 10_000]]),
    })
    lines.destroy()
    await signet.stop()
  }, 120_000)

  const lines = new Agent({ keepAlive: true })

  /** As little as a call can be: eleven thousand of `fetch` would take longer than what is asked of the server. */
  function codeFrom(door: URL, body: string): Promise<string> {
    const headers = { 'content-type': 'application/json', 'content-length': body.length }
    return new Promise((resolve, reject) => {
      const asked = request(door, { method: 'POST', agent: lines, headers }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        answer.on('end', () => resolve(answer.statusCode === 201 ? 'accepted' : JSON.parse(text).error.code))
      })
      asked.on('error', reject).end(body)
    })
  }
})

describe('new anonymous sessions', () => {
  let signet: Signet
  let shop: Shop

  beforeEach(async () => {
    signet = await Signet.start({ config: { anonymousPerMinute: 20, anonymousBurst: 30, trustProxy: true } })
    shop = await Shop.open(signet)
    return () => signet.stop()
  })

  const come = (address: string, body: object = {}) =>
    signet.anybody
      .with({ 'x-forwarded-for': address })
      .refusal('POST /projects/:project/visitor-sessions', { params: { project: shop.id }, body })
  const crowd = async (address: string, count: number) => {
    const outcomes = await Promise.all(Array.from({ length: count }, () => come(address)))
    return outcomes.filter((outcome) => outcome === 'accepted').length
  }

  test('[VS14] are limited per address: 30 at once, then 20 a minute', async () => {
    expect(await crowd('203.0.113.9', 40)).toBe(30)
    expect(await come('203.0.113.9')).toBe('rate_limited')
    expect(await crowd('203.0.113.10', 1)).toBe(1)
    signet.clock.advance(minute)
    expect(await crowd('203.0.113.9', 40)).toBe(20)
  })

  test('[VS14] are counted over a /64, and over all projects', async () => {
    expect(await crowd('2001:db8:1:2::1', 30)).toBe(30)
    shop = await Shop.open(signet)
    expect(await come('2001:db8:1:2:3:4:5:6')).toBe('rate_limited')
    expect(await come('2001:db8:1:3::1')).toBe('accepted')
  })

  test('[VS14] tell when to come again', async () => {
    await crowd('203.0.113.9', 30)
    const answer = await signet.anybody
      .with({ 'x-forwarded-for': '203.0.113.9' })
      .send('POST', `/api/v1/projects/${shop.id}/visitor-sessions`, {})
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3'])
  })

  test('[VS14] never hold up a token, nor the anonymous visitor who is there already', async () => {
    const { session } = await shop.admit()
    await crowd('203.0.113.9', 40)
    expect(await come('203.0.113.9', { token: shop.token() })).toBe('accepted')
    const there = signet.visitor(session).with({ 'x-forwarded-for': '203.0.113.9' })
    expect(await there.refusal('GET /visitor-session', {})).toBe('accepted')
  })
})

describe('what is remembered of many', () => {
  test('[VS14] is bounded, and forgets first who was seen longest ago', () => {
    const recent = new RecentMap<number>(100)
    for (let index = 0; index < 1_000; index++) {
      recent.set(`${index}`, index)
      recent.set('always', index)
    }
    const kept = Array.from({ length: 1_000 }, (_, index) => recent.get(`${index}`)).filter(
      (value) => value !== undefined,
    )
    expect(kept.length).toBeLessThan(100)
    expect(kept.slice(-40)).toEqual(Array.from({ length: 40 }, (_, index) => 960 + index))
    expect(recent.get('always')).toBe(999)
    recent.delete('always')
    expect(recent.get('always')).toBe(undefined)
  })

  test('[VS14] costs the same, however many addresses are refused', () => {
    const clock = new Clock()
    const attempts = new Attempts({ free: 1, firstMs: 1000, longestMs: minute, now: clock.now })
    for (let index = 0; index < 200_000; index++) attempts.refused(`address ${index}`)
    attempts.require('address 0')
    expect(() => attempts.require('address 199999')).toThrow(expect.objectContaining({ code: 'rate_limited' }))
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

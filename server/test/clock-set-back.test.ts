/** NTP or an operator sets the clock back, while people write. */
import { expect, test } from 'vitest'
import { memoryBus } from '../bus/bus.ts'
import { FrameBudget } from '../live/frame-budget.ts'
import { Allowance } from '../model/allowance.ts'
import { Attempts } from '../model/attempts.ts'
import { SecurityWatch } from '../model/security.ts'
import { Clock, hour } from './clock.ts'
import { Signet } from './signet.ts'

test('[DL7] whoever used up his messages waits a second, and not the hour that the clock was set back', () => {
  const clock = new Clock()
  const limit = new Allowance({ perMinute: 60, burst: 2, now: clock.now })
  limit.take('ada')
  limit.take('ada')
  clock.advance(-hour)
  expect(() => limit.take('ada')).toThrow(expect.objectContaining({ code: 'rate_limited', retryAfterMs: 1_000 }))
  clock.advance(1_000)
  limit.take('ada')
})

test('[DL7] nobody is taken for a flood', () => {
  const clock = new Clock()
  const budget = new FrameBudget(clock.now)
  clock.advance(-hour)
  expect(budget.take()).toBe(true)
})

test('[VS14] whoever was refused waits as long as he would have', () => {
  const clock = new Clock()
  const attempts = new Attempts({ free: 1, firstMs: 1_000, longestMs: 60_000, now: clock.now })
  attempts.refused('somewhere')
  clock.advance(-hour)
  expect(() => attempts.require('somewhere')).toThrow(expect.objectContaining({ retryAfterMs: 1_000 }))
  clock.advance(1_000)
  attempts.require('somewhere')
})

test('[VS16] a node does not take for fresh what it read at a time that is yet to come', async () => {
  const signet = await Signet.start()
  const clock = new Clock()
  const watch = new SecurityWatch({ database: signet.app.model.database, bus: memoryBus(), now: clock.now })
  await watch.start()
  clock.advance(-hour)
  expect(watch.fresh()).toBe(false)
  await watch.read()
  expect(watch.fresh()).toBe(true)
  watch.stop()
  await signet.stop()
})

import { beforeEach, expect, test } from 'vitest'
import { InOrder } from '../../live/in-order.ts'
import type { Change } from '../../model/change.ts'

let order: InOrder
let delivered: number[]
let lost: [last: number, number: number][]
let timers: Set<() => void>

beforeEach(() => {
  delivered = []
  lost = []
  timers = new Set()
  order = new InOrder({
    deliver: (change) => delivered.push(change.number),
    lost: (last, number) => lost.push([last, number]),
    later: (_ms, task) => {
      timers.add(task)
      return () => timers.delete(task)
    },
  })
  order.begin(10)
})

const change = (number: number): Change => ({ kind: 'many', number, audience: 'agents' })
const receive = (...numbers: number[]) => {
  for (const number of numbers) order.receive(change(number))
}
function runOut(): void {
  for (const task of [...timers]) {
    timers.delete(task)
    task()
  }
}

test('[DL4] what comes in order is delivered at once, and nothing waits', () => {
  receive(11, 12, 13)
  expect([delivered, lost, timers.size]).toEqual([[11, 12, 13], [], 0])
})

test('[DL4] what comes early waits for what comes late', () => {
  receive(13, 12)
  expect([delivered, timers.size]).toEqual([[], 1])
  receive(11)
  expect([delivered, lost, timers.size]).toEqual([[11, 12, 13], [], 0])
})

test('[DL4] the patience is with each hole: one that is filled does not use up that of the next', () => {
  receive(12, 11)
  receive(14)
  expect(timers.size).toBe(1)
  receive(13)
  expect([delivered, timers.size]).toEqual([[11, 12, 13, 14], 0])
})

test('[DL4] what comes twice is delivered once, whether early, in time or late', () => {
  receive(12, 12, 11, 11, 12, 10, 1)
  expect([delivered, lost, timers.size]).toEqual([[11, 12], [], 0])
})

test('[DL4] what is lost in the middle sends everybody to the log, from before the hole, and goes on behind it', () => {
  receive(11, 13, 15)
  runOut()
  expect([delivered, lost, order.last]).toEqual([[11], [[11, 15]], 15])
  receive(12, 14, 16)
  expect([delivered, lost, timers.size]).toEqual([[11, 16], [[11, 15]], 0])
})

test('[DL4] what is lost at the end is found by comparing, and only once it had time to come', () => {
  receive(11)
  order.compare(12)
  expect(lost).toEqual([])
  order.compare(12)
  expect([lost, order.last]).toEqual([[[11, 12]], 12])
  order.compare(12)
  expect(lost).toHaveLength(1)
})

test('[DL4] comparing leaves alone what is on its way', () => {
  order.compare(11)
  receive(11)
  order.compare(12)
  receive(12)
  order.compare(12)
  expect([delivered, lost]).toEqual([[11, 12], []])
})

test('[DL4] comparing in the middle of a hole delivers what waits behind it', () => {
  receive(12)
  order.compare(11)
  order.compare(12)
  expect([delivered, lost, timers.size]).toEqual([[12], [[10, 11]], 0])
})

test('[DL4] an older number from the database takes nothing back', () => {
  receive(11, 12)
  order.compare(10)
  order.compare(9)
  order.compare(12)
  expect([order.last, lost]).toEqual([12, []])
})

test('[DL4] what comes before the beginning is known waits for it', () => {
  const fresh = new InOrder({
    deliver: ({ number }) => delivered.push(number),
    lost: () => lost.push([0, 0]),
    later: () => () => {},
  })
  for (const number of [5, 6, 7, 9]) fresh.receive(change(number))
  expect(delivered).toEqual([])
  fresh.begin(6)
  expect([delivered, lost, fresh.last]).toEqual([[7], [], 7])
  fresh.receive(change(8))
  expect(delivered).toEqual([7, 8, 9])
})

test('[DL4] after the end nothing happens any more', () => {
  receive(12)
  order.stop()
  runOut()
  expect([delivered, lost]).toEqual([[], []])
})

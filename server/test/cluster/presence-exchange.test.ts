import { beforeEach, expect, test } from 'vitest'
import { memoryBus } from '../../bus/bus.ts'
import { listenToProject } from '../../model/change.ts'
import { personKey } from '../../model/person.ts'
import { Presence } from '../../model/presence.ts'
import { PresenceExchange } from '../../model/presence-exchange.ts'
import { Clock } from '../clock.ts'

let clock: Clock
let bus: ReturnType<typeof memoryBus>

beforeEach(() => {
  clock = new Clock()
  bus = memoryBus()
})

function node(name: string) {
  const presence = new Presence()
  let cut = false
  const exchange = new PresenceExchange({
    presence,
    node: name,
    now: clock.now,
    bus: {
      ...bus,
      publish: (topic, signal) => cut || bus.publish(topic, signal),
      subscribe: (topic, listener) => bus.subscribe(topic, (signal) => cut || listener(signal)),
    },
  })
  exchange.start()
  const cutOff = (now: boolean) => {
    cut = now
  }
  return { presence, exchange, cutOff }
}

test('[DL9] nodes tell each other who comes and goes, and a person is gone when he is gone everywhere', () => {
  const [a, b] = [node('a'), node('b')]
  expect(a.presence.enter('ada')).toBe(true)
  expect(b.presence.has('ada')).toBe(true)
  expect(b.presence.enter('ada')).toBe(false)
  expect(a.presence.leave('ada')).toBe(false)
  expect(a.presence.has('ada')).toBe(true)
  expect(b.presence.leave('ada')).toBe(true)
  expect(a.presence.has('ada')).toBe(false)
})

test('[DL9] who leaves two nodes at the same moment is told to be gone', () => {
  const [a, b] = [node('a'), node('b')]
  const told: string[] = []
  a.presence.enter('ada')
  b.presence.enter('ada')
  a.cutOff(true)
  expect(a.presence.leave('ada')).toBe(false)
  a.presence.onceGone('ada', () => told.push('by a'))
  expect(b.presence.leave('ada')).toBe(false)
  b.presence.onceGone('ada', () => told.push('by b'))
  expect(told).toEqual([])
  a.cutOff(false)
  a.exchange.turn()
  b.exchange.turn()
  expect(told).toEqual(['by b', 'by a'])
})

test('[DL9] who has come back meanwhile is not told to be gone', () => {
  const [a, b] = [node('a'), node('b')]
  const told: string[] = []
  a.presence.enter('ada')
  b.presence.enter('ada')
  a.presence.leave('ada')
  a.presence.onceGone('ada', () => told.push('by a'))
  a.presence.enter('ada')
  b.presence.leave('ada')
  expect(told).toEqual([])
})

test('[DL9] a node that starts learns at once who is there', () => {
  const a = node('a')
  a.presence.enter('ada')
  expect(node('b').presence.has('ada')).toBe(true)
})

test('[DL9] a node that stops takes its people along', () => {
  const [a, b] = [node('a'), node('b')]
  a.presence.enter('ada')
  a.exchange.stop()
  a.presence.leave('ada')
  expect(b.presence.has('ada')).toBe(false)
})

test('[DL9] what the bus lost is told again', () => {
  const [a, b] = [node('a'), node('b')]
  a.presence.enter('ada')
  a.cutOff(true)
  a.presence.leave('ada')
  a.presence.enter('bob')
  a.cutOff(false)
  expect([b.presence.has('ada'), b.presence.has('bob')]).toEqual([true, false])
  a.exchange.turn()
  expect([b.presence.has('ada'), b.presence.has('bob')]).toEqual([false, true])
})

test('[DL9] a node that vanishes is forgotten, and one that only says nothing new is not', () => {
  const [a, b, c] = [node('a'), node('b'), node('c')]
  a.presence.enter('ada')
  c.presence.enter('cleo')
  a.cutOff(true)
  for (let turn = 0; turn < 3; turn++) {
    clock.advance(20_000)
    for (const { exchange } of [a, b, c]) exchange.turn()
  }
  expect([b.presence.has('ada'), b.presence.has('cleo')]).toEqual([false, true])
  a.cutOff(false)
  a.exchange.turn()
  expect(b.presence.has('ada')).toBe(true)
})

test('[DL10] who was connected to a node that is killed is told to be gone, once it is forgotten; who moved is not', () => {
  const [a, b] = [node('a'), node('b')]
  const ada = personKey({ kind: 'visitor', projectId: 'shop', id: 'ada' })
  const bob = personKey({ kind: 'agent', projectId: 'shop', id: 'bob' })
  const told: unknown[] = []
  listenToProject(bus, 'shop', (signal) => told.push(signal))
  a.presence.enter(ada)
  a.presence.enter(bob)
  a.presence.enter('a session')
  a.cutOff(true)
  b.presence.enter(bob)
  for (let turn = 0; turn < 3; turn++) {
    clock.advance(20_000)
    b.exchange.turn()
  }
  expect(told).toEqual([{ notice: { kind: 'presence', who: 'visitor', id: 'ada', online: false } }])
})
